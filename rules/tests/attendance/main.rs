//! A student's day and rate, by examples from the notice's own sentences (七(二), 七(三)) and at the edges.

#![allow(clippy::unwrap_used)]

mod laws;
mod papers;
mod world;

use duxue_rules::{
    attendance::{
        Exemption, HowShown, LeaveKind, Mark, Member, Punch, PunchMethod, Rate, Side, Standing, StudentDay, Windows,
        check_statements, mark, mark_day, settle,
    },
    calendar::Dates,
    ids::{PunchId, VenueId},
    policy::Policy,
    span::Span,
    subsidy::StudentClaim,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{date, time},
};
use uuid::Uuid;
use world::{MANAGER, World, at, clock, codes, day, leave, lessons, punch, statement, student};

/// One student's day with these punches.
fn day_with(punches: Vec<Punch>) -> StudentDay {
    let world = World { punches, ..World::full(1) };
    world.sheet(day()).lines.remove(0)
}

fn in_and_out(signed_in: Timestamp, signed_out: Timestamp) -> Standing {
    let punches = vec![punch(1, 1, Side::SignIn, signed_in), punch(2, 1, Side::SignOut, signed_out)];
    day_with(punches).standing
}

/// 签到时间为上课前 30 分钟内，签退时间为下课后 30 分钟内: both ends are inside.
#[test]
fn sign_in_in_the_30_minutes_before_and_sign_out_in_the_30_minutes_after() {
    let at = |hour, minute, second| clock(day(), time(hour, minute, second, 0));
    let (fine_in, fine_out) = (at(8, 15, 0), at(14, 0, 0));
    for (signed_in, standing) in [
        (at(7, 59, 59), Standing::Absent),
        (at(8, 0, 0), Standing::Present),
        (at(8, 30, 0), Standing::Present),
        (at(8, 30, 1), Standing::Absent),
    ] {
        assert_eq!(in_and_out(signed_in, fine_out), standing, "{signed_in}");
    }
    for (signed_out, standing) in [
        (at(13, 49, 59), Standing::Absent),
        (at(13, 50, 0), Standing::Present),
        (at(14, 20, 0), Standing::Present),
        (at(14, 20, 1), Standing::Absent),
    ] {
        assert_eq!(in_and_out(fine_in, signed_out), standing, "{signed_out}");
    }
    let windows = Windows::of(&lessons(day()), &Policy { sign_in_minutes: 20, ..Policy::default() }).unwrap();
    assert_eq!(windows.sign_in.opens, at(8, 10, 0), "another city's number");
}

#[test]
fn signing_in_alone_is_not_enough_and_the_reason_says_what_is_missing() {
    let line =
        day_with(vec![punch(1, 1, Side::SignIn, at(day(), 8, 15)), punch(2, 1, Side::SignOut, at(day(), 13, 0))]);
    assert_eq!((line.standing, line.sign_out), (Standing::Absent, HowShown::Missing));
    assert_eq!(line.sign_in, HowShown::Punch(PunchId(Uuid::from_u128(1))));
    assert_eq!(line.reasons.len(), 1);
    assert_eq!(line.reasons[0].code, "sign_out_missing");
    assert_eq!(line.reasons[0].text.zh, "13:50:00-14:20:00 之间无有效签退；13:00:00 签退：早于规定时间");
}

/// Outside the window a punch is kept and marked, never dropped.
#[test]
fn every_punch_stays_with_its_marks() {
    let fine = punch(1, 1, Side::SignIn, at(day(), 8, 15));
    let later = |minutes| fine.made_at + SignedDuration::from_mins(minutes);
    let punches = [
        fine,
        Punch { id: PunchId(Uuid::from_u128(2)), ..fine },
        Punch { made_at: at(day(), 7, 0), received_at: at(day(), 7, 0), ..fine },
        Punch { made_at: at(day(), 9, 0), received_at: at(day(), 9, 0), ..fine },
        Punch { student: student(2), method: PunchMethod::Other, ..fine },
        Punch { student: student(3), received_at: later(6), ..fine },
        Punch { student: student(4), received_at: later(-2), ..fine },
        Punch { student: student(5), venue: VenueId(Uuid::from_u128(77)), ..fine },
    ];
    let policy = Policy::default();
    let marked = mark(&punches, &lessons(day()), &policy);
    assert_eq!(marked.len(), punches.len());
    let marks = |wanted: &Punch| {
        let found = marked.iter().find(|marked| marked.punch == *wanted).unwrap();
        (found.marks.iter().copied().collect::<Vec<_>>(), found.counts())
    };
    assert_eq!(marks(&punches[0]), (vec![], true));
    assert_eq!(marks(&punches[1]), (vec![Mark::Duplicate], false));
    assert_eq!(marks(&punches[2]), (vec![Mark::Early], false));
    assert_eq!(marks(&punches[3]), (vec![Mark::Late], false));
    assert_eq!(marks(&punches[4]), (vec![Mark::NotByFace], false), "培训机构采用人脸识别装置");
    assert_eq!(marks(&punches[5]), (vec![Mark::Delayed], true), "the device had no network");
    assert_eq!(marks(&punches[6]), (vec![Mark::ClockAhead], false), "it cannot arrive before it is made");
    assert_eq!(marks(&punches[7]), (vec![Mark::OtherVenue], true));
    assert_eq!(mark(&punches[..1], &[], &policy)[0].marks, [Mark::NoLesson].into());
}

#[test]
fn small_delays_and_small_errors_of_the_clock_are_not_marked() {
    let fine = punch(1, 1, Side::SignIn, at(day(), 8, 15));
    let seconds = |seconds| {
        let received_at = fine.made_at + SignedDuration::from_secs(seconds);
        mark(&[Punch { received_at, ..fine }], &lessons(day()), &Policy::default()).remove(0).marks
    };
    assert_eq!(seconds(300), [].into());
    assert_eq!(seconds(301), [Mark::Delayed].into());
    assert_eq!(seconds(-60), [].into());
    assert_eq!(seconds(-61), [Mark::ClockAhead].into());
}

#[test]
fn a_sign_out_after_midnight_is_of_the_evening_before() {
    let mut evening = lessons(day()).remove(0);
    evening.span = Span::new(at(day(), 23, 0), at(day(), 23, 45)).unwrap();
    let next = date(2024, 10, 9);
    let out = |hour, minute| punch(1, 1, Side::SignOut, at(next, hour, minute));
    let looked_at = |punch| mark_day(day(), &[punch], std::slice::from_ref(&evening), &Policy::default());
    let in_time = looked_at(out(0, 15));
    assert_eq!((in_time.len(), in_time[0].counts()), (1, true));
    assert_eq!(looked_at(out(0, 16)), [], "it is the next day's");
}

#[test]
fn a_punch_that_does_not_count_takes_nobodys_place() {
    let early = punch(1, 1, Side::SignIn, at(day(), 7, 0));
    let fine = punch(2, 1, Side::SignIn, at(day(), 8, 20));
    let out = punch(3, 1, Side::SignOut, at(day(), 14, 0));
    let line = day_with(vec![out, fine, early]);
    assert_eq!((line.standing, line.sign_in), (Standing::Present, HowShown::Punch(fine.id)));
    assert_eq!(line.punches.len(), 3);
}

#[test]
fn somebody_who_is_not_in_the_class_is_told_and_has_no_line() {
    let mut world = World::full(2);
    world.members[1].days = Dates::new(day(), date(2024, 10, 9)).unwrap();
    assert_eq!(world.sheet(day()).lines.len(), 2);
    let sheet = world.sheet(date(2024, 10, 9));
    assert_eq!(sheet.lines.len(), 1);
    assert_eq!(codes(&sheet.findings), ["punch_of_stranger", "punch_of_stranger"]);
    assert_eq!(world.sheet(date(2024, 10, 13)).lines, [], "a Sunday without lessons");
}

/// 书面说明需要培训机构管理人员签字、盖章、学员本人签字.
#[test]
fn a_statement_stands_in_place_of_a_punch_once_all_three_have_signed() {
    let mut world = World::full(1);
    world.miss(1, day());
    let standing = |statements: Vec<_>| {
        let world = World { statements, ..world.clone() };
        (world.sheet(day()).lines.remove(0), check_statements(&world.statements))
    };
    let complete = statement(1, 1, day(), &[Side::SignIn, Side::SignOut]);
    let (line, findings) = standing(vec![complete.clone()]);
    assert_eq!((line.standing, line.sign_in), (Standing::Stated, HowShown::Statement(complete.id)));
    assert_eq!(findings, []);
    type Spoil = fn(&mut duxue_rules::attendance::Statement);
    let lacking: [(Spoil, &str); 4] = [
        (|statement| statement.manager_signed_at = None, "缺：管理人员签字"),
        (|statement| statement.sealed_at = None, "缺：机构盖章"),
        (|statement| statement.student_signed_at = None, "缺：学员本人签字"),
        (|statement| statement.text = " ".to_owned(), "缺：情况说明"),
    ];
    for (spoil, lacks) in lacking {
        let mut statement = complete.clone();
        spoil(&mut statement);
        let (line, findings) = standing(vec![statement]);
        assert_eq!(line.standing, Standing::Absent, "{lacks}");
        assert!(line.reasons[0].text.zh.contains(lacks), "{:?}", line.reasons);
        assert_eq!(codes(&findings), ["statement_incomplete"]);
        assert_eq!(findings[0].seen.zh, lacks);
    }
    let half = standing(vec![statement(1, 1, day(), &[Side::SignIn])]).0;
    assert_eq!((half.standing, half.sign_out), (Standing::Absent, HowShown::Missing));
    let of_another = standing(vec![statement(1, 2, day(), &[Side::SignIn, Side::SignOut])]).0;
    assert_eq!(of_another.standing, Standing::Absent);
}

#[test]
fn leave_explains_an_absence_and_is_none_the_less_one() {
    let mut world = World::full(1);
    world.miss(1, day());
    world.leaves = vec![leave(1, LeaveKind::Sick, day(), day())];
    let line = world.sheet(day()).lines.remove(0);
    assert_eq!(line.standing, Standing::Sick);
    assert!(!line.standing.is_attended());
    assert!(!line.reasons.iter().any(|reason| reason.text.zh.contains("发烧")), "an illness is not spread about");
    world.leaves[0].kind = LeaveKind::Personal;
    assert_eq!(world.sheet(day()).lines[0].standing, Standing::Personal);
    let came = World { punches: World::full(1).punches, ..world };
    assert_eq!(came.sheet(day()).lines[0].standing, Standing::Present, "whoever came is present");
    assert_eq!(Rate::of(student(1), &came.sheets()), Rate { attended: 19, due: 19 });
}

/// 学员个人出勤率原则上不得低于 90%.
#[test]
fn ninety_percent_is_exact() {
    let rate = |attended, due| Rate { attended, due };
    for (attended, due, reaches) in
        [(9, 10, true), (8, 10, false), (18, 19, true), (17, 19, false), (59, 66, false), (60, 66, true), (0, 0, true)]
    {
        assert_eq!(rate(attended, due).reaches(90), reaches, "{attended} of {due}");
    }
    assert_eq!(rate(59, 66).text(), "89.3%");
    assert_eq!(rate(8_999, 10_000).text(), "89.9%", "never shown as 90 %");
    assert_eq!(rate(0, 0).text(), "100.0%");
    assert!(rate(u32::MAX, u32::MAX).reaches(100) && !rate(u32::MAX - 1, u32::MAX).reaches(100));
}

#[test]
fn a_student_below_it_has_a_finding_unless_the_centre_says_why_not() {
    let mut world = World::full(1);
    for &date in &world.days.clone()[..2] {
        world.miss(1, date);
    }
    let rate = Rate::of(student(1), &world.sheets());
    assert_eq!(rate, Rate { attended: 17, due: 19 });
    let policy = Policy::default();
    let low = settle(student(1), rate, &[], &policy);
    let finding = low.against.clone().unwrap();
    assert_eq!(finding.text().zh, "R7.2c：个人出勤率不低于 90%；应出勤 19 天，实际出勤 17 天，出勤率 89.4%");
    assert_eq!(low.let_pass, None);
    let exemption = |n, reason: &str| Exemption {
        student: student(n),
        by: MANAGER,
        on: date(2024, 11, 1),
        reason: reason.to_owned(),
    };
    assert_eq!(settle(student(1), rate, &[exemption(1, " "), exemption(2, "住院")], &policy), low);
    let settled = settle(student(1), rate, &[exemption(1, "住院")], &policy);
    assert_eq!(settled.against, None);
    // As a claim takes it.
    let claim = StudentClaim {
        student: student(1),
        accepted: true,
        certified: true,
        against: settled.against.into_iter().collect(),
        let_pass: settled.let_pass.into_iter().collect(),
    };
    assert_eq!((claim.let_pass[0].finding.clone(), claim.let_pass[0].reason.as_str()), (finding, "住院"));
    assert_eq!(settle(student(1), Rate { attended: 18, due: 19 }, &[exemption(1, "住院")], &policy).let_pass, None);
}

#[test]
fn who_joined_late_owes_only_the_days_since() {
    let mut world = World::full(1);
    world.members[0] = Member { days: Dates::new(date(2024, 10, 21), date(2024, 11, 1)).unwrap(), ..world.members[0] };
    assert_eq!(Rate::of(student(1), &world.sheets()), Rate { attended: 9, due: 9 });
}

#[test]
fn one_knows_how_many_days_may_still_be_missed() {
    // 66 training days ask for 60, so six may be missed in all.
    assert_eq!(Rate { attended: 0, due: 0 }.may_still_miss(66, 90), Some(6));
    assert_eq!(Rate { attended: 14, due: 19 }.may_still_miss(47, 90), Some(1));
    assert_eq!(Rate { attended: 13, due: 19 }.may_still_miss(47, 90), Some(0));
    assert_eq!(Rate { attended: 12, due: 19 }.may_still_miss(47, 90), None);
    assert_eq!(Rate { attended: 60, due: 60 }.may_still_miss(6, 90), Some(6));
}
