//! What holds of every class's attendance.

use duxue_rules::{
    attendance::{
        Accounts, DayValue, LeaveKind, Punch, PunchMethod, Rate, ReportState, SentReport, Side, Standing, Summary,
        check_leaves, disagreements, report_duties, report_findings,
    },
    calendar::Month,
    civil,
    ids::PunchId,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{CLASS, World, at, day, leave, october, punch, report_of, statement, student};

const STUDENTS: u128 = 5;
/// The first five training days of October: 8 to 12.
const DAYS: usize = 5;

prop_compose! {
    fn any_punch()(
        id in 1u128..1_000_000, n in 1u128..=STUDENTS + 1, side in prop::bool::ANY, index in 0usize..DAYS,
        minute in 7 * 60i64..15 * 60, delay in -3i64..60, face in prop::bool::weighted(0.9),
    ) -> Punch {
        let date = date(2024, 10, 8 + i8::try_from(index).unwrap());
        let made_at = at(date, 0, 0) + SignedDuration::from_mins(minute);
        Punch {
            id: PunchId(Uuid::from_u128(id)),
            received_at: made_at + SignedDuration::from_mins(delay),
            method: if face { PunchMethod::Face } else { PunchMethod::Other },
            ..punch(id, n, if side { Side::SignIn } else { Side::SignOut }, made_at)
        }
    }
}

prop_compose! {
    /// A class of five over five days, some of whose punches are missing or wrong, with leaves and statements.
    fn any_world()(
        gone in prop::collection::vec((1u128..=STUDENTS, 0usize..DAYS), 0..8),
        more in prop::collection::vec(any_punch(), 0..25),
        leaves in prop::collection::vec((1u128..=STUDENTS, 0usize..DAYS, 0usize..3, prop::bool::ANY), 0..4),
        stated in prop::collection::vec((1u128..=STUDENTS, 0usize..DAYS, 0usize..3, 0usize..5), 0..6),
    ) -> World {
        let mut world = World::full(STUDENTS);
        world.days.truncate(DAYS);
        let days = world.days.clone();
        world.punches.retain(|punch| days.contains(&civil::date_of(punch.made_at)));
        for (n, index) in gone {
            world.miss(n, days[index]);
        }
        world.punches.extend(more);
        world.leaves = leaves.into_iter().map(|(n, index, long, sick)| {
            let last = days[(index + long).min(DAYS - 1)];
            leave(n, if sick { LeaveKind::Sick } else { LeaveKind::Personal }, days[index], last)
        }).collect();
        world.statements = (1u128..).zip(stated).map(|(id, (n, index, sides, lacks))| {
            let sides: &[Side] = [&[Side::SignIn][..], &[Side::SignOut], &[Side::SignIn, Side::SignOut]][sides];
            let mut one = statement(id, n, days[index], sides);
            match lacks {
                0 => one.manager_signed_at = None,
                1 => one.sealed_at = None,
                2 => one.student_signed_at = None,
                _ => {}
            }
            one
        }).collect();
        world
    }
}

/// How good a day is: attended, else excused, else not.
fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Present => 3,
        Standing::Stated => 2,
        Standing::Sick | Standing::Personal => 1,
        Standing::Absent => 0,
    }
}

fn ranks(world: &World) -> Vec<u8> {
    world.sheets().iter().flat_map(|sheet| &sheet.lines).map(|line| rank(line.standing)).collect()
}

fn attended(world: &World) -> Vec<u32> {
    let sheets = world.sheets();
    (1..=STUDENTS).map(|n| Rate::of(student(n), &sheets).attended).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_punch_is_ever_dropped(world in any_world()) {
        let sheets = world.sheets();
        let kept: usize = sheets.iter().flat_map(|sheet| &sheet.lines).map(|line| line.punches.len()).sum();
        let strange: usize = sheets.iter().map(|sheet| sheet.findings.len()).sum();
        prop_assert_eq!(kept + strange, world.punches.len());
    }

    #[test]
    fn present_means_exactly_one_counting_punch_at_each_end_and_inside_its_window(world in any_world()) {
        for sheet in world.sheets() {
            for line in &sheet.lines {
                let counting = |side| line.punches.iter().filter(|one| one.punch.side == side && one.counts()).collect::<Vec<_>>();
                let (signed_in, signed_out) = (counting(Side::SignIn), counting(Side::SignOut));
                prop_assert!(signed_in.len() <= 1 && signed_out.len() <= 1);
                prop_assert_eq!(line.standing == Standing::Present, signed_in.len() + signed_out.len() == 2);
                // By the clock alone, apart from the windows of the rule.
                for one in signed_in.iter().chain(&signed_out) {
                    let time = civil::time_of(one.punch.made_at).strftime("%H:%M").to_string();
                    let (from, to) = if one.punch.side == Side::SignIn { ("08:00", "08:30") } else { ("13:50", "14:20") };
                    prop_assert!((from..=to).contains(&time.as_str()), "{time}");
                    prop_assert!(one.punch.method == PunchMethod::Face);
                }
            }
        }
    }

    #[test]
    fn moving_a_punch_into_its_window_never_worsens_a_day(
        world in any_world(), which in any::<prop::sample::Index>(), minute in 0i64..=30,
    ) {
        prop_assume!(!world.punches.is_empty());
        let mut moved = world.clone();
        let punch = which.get(&world.punches);
        let opens: Timestamp = match punch.side {
            Side::SignIn => at(civil::date_of(punch.made_at), 8, 0),
            Side::SignOut => at(civil::date_of(punch.made_at), 13, 50),
        };
        let made_at = opens + SignedDuration::from_mins(minute);
        let shift = made_at.duration_since(punch.made_at);
        moved.punches[which.index(world.punches.len())] = Punch { made_at, received_at: punch.received_at + shift, ..*punch };
        for (before, after) in ranks(&world).into_iter().zip(ranks(&moved)) {
            prop_assert!(before <= after);
        }
    }

    #[test]
    fn one_more_punch_never_worsens_a_day(world in any_world(), extra in any_punch()) {
        let mut more = world.clone();
        more.punches.push(extra);
        for (before, after) in ranks(&world).into_iter().zip(ranks(&more)) {
            prop_assert!(before <= after);
        }
    }

    #[test]
    fn a_complete_statement_never_lowers_attendance_and_one_for_both_ends_makes_it(
        world in any_world(), n in 1u128..=STUDENTS, index in 0usize..DAYS,
    ) {
        let mut more = world.clone();
        more.statements.push(statement(1_000, n, world.days[index], &[Side::SignIn, Side::SignOut]));
        for (before, after) in attended(&world).into_iter().zip(attended(&more)) {
            prop_assert!(before <= after);
        }
        let sheet = more.sheet(world.days[index]);
        let line = sheet.lines.iter().find(|line| line.student == student(n)).unwrap();
        prop_assert!(line.standing.is_attended());
    }

    #[test]
    fn an_incomplete_statement_changes_no_standing(world in any_world(), n in 1u128..=STUDENTS, index in 0usize..DAYS, lacks in 0u8..3) {
        let mut more = world.clone();
        let mut one = statement(1_000, n, world.days[index], &[Side::SignIn, Side::SignOut]);
        match lacks {
            0 => one.manager_signed_at = None,
            1 => one.sealed_at = None,
            _ => one.student_signed_at = None,
        }
        more.statements.push(one);
        prop_assert_eq!(ranks(&world), ranks(&more));
    }

    #[test]
    fn a_leave_never_makes_attendance(world in any_world(), n in 1u128..=STUDENTS, index in 0usize..DAYS) {
        let mut more = world.clone();
        more.leaves.push(leave(n, LeaveKind::Sick, world.days[0], world.days[index]));
        prop_assert_eq!(attended(&world), attended(&more));
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter(world in any_world(), turn in any::<prop::sample::Index>()) {
        // Among punches of one identity and instant the order is all there is; a device gives each its own.
        let mut ids: Vec<_> = world.punches.iter().map(|punch| punch.id).collect();
        ids.sort_unstable();
        prop_assume!(ids.windows(2).all(|pair| pair[0] != pair[1]));
        let mut turned = world.clone();
        if !turned.punches.is_empty() {
            turned.punches.rotate_left(turn.index(world.punches.len()));
        }
        turned.statements.reverse();
        turned.leaves.reverse();
        prop_assert_eq!(world.sheets(), world.sheets());
        prop_assert_eq!(turned.sheets(), world.sheets());
    }

    #[test]
    fn lines_and_columns_of_the_summary_add_up_to_the_sheets(world in any_world()) {
        let (summary, sheets) = (world.summary(), world.sheets());
        for value in DayValue::ALL {
            let by_line: u32 = summary.lines.iter().map(|line| line.days(value)).sum();
            let by_column: u32 = summary.dates().iter().map(|&date| summary.column(date, value)).sum();
            let on_sheets = sheets.iter().flat_map(|sheet| &sheet.lines).filter(|line| line.standing.value() == value).count();
            prop_assert_eq!((by_line, by_column as usize), (by_column, on_sheets));
        }
        for line in &summary.lines {
            let rate = Rate::of(line.student, &sheets);
            prop_assert_eq!((rate.attended, rate.due as usize), (line.days(DayValue::Present), line.cells.len()));
        }
    }

    #[test]
    fn papers_made_from_the_punches_agree_with_them(world in any_world(), named in prop::bool::ANY) {
        let mut reports = world.reports();
        if !named {
            reports.iter_mut().for_each(|sent| sent.report.absent.clear());
        }
        let accounts = Accounts { class: CLASS, sheets: &world.sheets(), reports: &reports, summaries: &[world.summary()] };
        prop_assert_eq!(disagreements(&accounts), vec![]);
    }

    #[test]
    fn one_wrong_cell_or_one_wrong_report_is_one_finding_that_names_day_and_student(
        world in any_world(), n in 1u128..=STUDENTS, index in 0usize..DAYS, by in 1usize..4, in_report in prop::bool::ANY,
    ) {
        let (mut summary, mut reports, sheets) = (world.summary(), world.reports(), world.sheets());
        let date = world.days[index];
        let truth = summary.value(student(n), date).unwrap();
        let other = DayValue::ALL[(DayValue::ALL.iter().position(|&value| value == truth).unwrap() + by) % 4];
        let line = summary.lines.iter_mut().find(|line| line.student == student(n)).unwrap();
        if in_report {
            // The report as it would be, had the day been so.
            let mut sheet = sheets[index].clone();
            let standing = match other {
                DayValue::Present => Standing::Present,
                DayValue::Sick => Standing::Sick,
                DayValue::Personal => Standing::Personal,
                DayValue::Absent => Standing::Absent,
            };
            sheet.lines.iter_mut().filter(|line| line.student == student(n)).for_each(|line| line.standing = standing);
            reports[index] = report_of(1, &sheet);
        } else {
            line.cells.insert(date, other);
        }
        let findings = disagreements(&Accounts { class: CLASS, sheets: &sheets, reports: &reports, summaries: &[summary] });
        prop_assert_eq!(findings.len(), 1);
        use duxue_rules::finding::Record;
        prop_assert!(findings[0].records.contains(&Record::Day(date)));
        prop_assert!(findings[0].records.contains(&Record::Student(student(n))));
        let (is, said) = (truth.text().zh, other.text().zh);
        let seen = if in_report {
            format!("{date}：打卡 {is}，报告单 {said}，汇总表 {is}")
        } else {
            format!("{date}：打卡 {is}，报告单 {is}，汇总表 {said}")
        };
        prop_assert_eq!(&findings[0].seen.zh, &seen);
    }

    #[test]
    fn a_rate_reaches_what_plain_fractions_say_and_promises_are_kept(
        due in 0u32..200, missed in 0u32..200, ahead in 0u32..200, percent in 0u8..=100,
    ) {
        let rate = Rate { attended: due.saturating_sub(missed), due };
        // As the least whole number of days that makes the percentage, found by trying.
        let needed = |days: u32| (0..=days).find(|&n| n * 100 >= days * u32::from(percent)).unwrap();
        prop_assert_eq!(rate.reaches(percent), rate.attended >= needed(due));
        let end = |misses: u32| Rate { attended: rate.attended + ahead - misses, due: due + ahead };
        match rate.may_still_miss(ahead, percent) {
            Some(may) => {
                prop_assert!(may <= ahead && end(may).reaches(percent));
                prop_assert!(may == ahead || !end(may + 1).reaches(percent));
            }
            None => prop_assert!(!end(0).reaches(percent)),
        }
    }

    #[test]
    fn a_report_is_in_time_late_open_or_missing_and_time_only_makes_it_missing(
        sent in prop::collection::vec((0usize..19, -600i64..2_000), 0..25), now in 0i64..24 * 24 * 60, later in 0i64..5_000,
    ) {
        let world = World::full(1);
        let template = report_of(1, &world.sheet(day()));
        let nine = |date| at(date, 9, 0);
        let reports: Vec<SentReport> = (1u128..).zip(&sent).map(|(id, &(index, after))| {
            let mut one = SentReport { id: duxue_rules::ids::ReportId(Uuid::from_u128(id)), ..template.clone() };
            one.report.date = world.days[index];
            one.sent_at = nine(world.days[index]) + SignedDuration::from_mins(after);
            one
        }).collect();
        let duties = |minutes| {
            let now = at(day(), 0, 0) + SignedDuration::from_mins(minutes);
            report_duties(CLASS, &world.days, &reports, now, &world.policy)
        };
        let (early, late) = (duties(now), duties(now + later));
        prop_assert!(early.len() <= late.len());
        for (before, after) in early.iter().zip(&late) {
            prop_assert_eq!(before.date, after.date);
            let index = world.days.iter().position(|&date| date == before.date).unwrap();
            let first = sent.iter().filter(|one| one.0 == index).map(|one| one.1).min();
            let over = at(day(), 0, 0) + SignedDuration::from_mins(now) > nine(before.date);
            let fits = match before.state {
                ReportState::Sent { .. } => first.is_some_and(|after| after <= 0),
                ReportState::Late { .. } => first.is_some_and(|after| after > 0),
                ReportState::Open => first.is_none() && !over,
                ReportState::Missing => first.is_none() && over,
            };
            prop_assert!(fits, "{:?} {:?}", before, first);
            prop_assert!(before.state == after.state || (before.state, after.state) == (ReportState::Open, ReportState::Missing));
        }
        let told = late.iter().filter(|duty| matches!(duty.state, ReportState::Late { .. } | ReportState::Missing)).count();
        prop_assert_eq!(report_findings(CLASS, &late).len(), told);
    }

    #[test]
    fn recording_a_leave_earlier_never_brings_a_finding(world in any_world(), minutes in 0i64..6_000, named in prop::bool::ANY) {
        let mut reports = world.reports();
        if !named {
            reports.iter_mut().for_each(|sent| sent.report.absent.clear());
        }
        let told = |later: i64| {
            let mut leaves = world.leaves.clone();
            leaves.iter_mut().for_each(|leave| leave.recorded_at += SignedDuration::from_mins(later));
            check_leaves(&leaves, &world.members, &reports).iter().filter(|one| one.code == "leave_recorded_late").count()
        };
        // As the world has them, they are recorded at 08:00 of their first day, before its report.
        prop_assert_eq!(told(0), 0);
        prop_assert!(told(minutes) <= told(minutes + 60));
    }

    #[test]
    fn summaries_of_two_months_share_no_day(world in any_world()) {
        let mut sheets = world.sheets();
        let mut later = sheets[0].clone();
        later.date = date(2024, 11, 1);
        sheets.push(later);
        let (october, november) = (Summary::of(CLASS, october(), &sheets), Summary::of(CLASS, Month::of(date(2024, 11, 1)), &sheets));
        prop_assert_eq!(october, world.summary());
        prop_assert_eq!(november.dates(), [date(2024, 11, 1)]);
    }
}

#[test]
fn reports_of_the_laws_can_be_taken() {
    let mut world = World::full(STUDENTS);
    world.miss(2, day());
    let sent: Vec<SentReport> = world.reports();
    assert!(sent.iter().all(|sent| duxue_rules::report::check(&sent.report, &[]).is_empty()));
}
