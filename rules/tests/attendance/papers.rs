//! Summary, agreement, reports, leaves and what is due.

use duxue_rules::{
    attendance::{
        Accounts, DayValue, Due, DueFacts, LeaveKind, ReportState, SentReport, Side, Signer, Summary, check_leaves,
        disagreements, due, report_duties, report_findings,
    },
    calendar::Month,
    finding::Record,
    ids::ReportId,
    policy::Policy,
    report::{Absence, AbsenceReason},
};
use jiff::civil::date;
use uuid::Uuid;

use crate::world::{CLASS, World, at, codes, day, leave, october, statement, student};

/// Four students; number 2 is sick on the 8th and 9th, number 3 misses the 10th.
fn world() -> World {
    let mut world = World::full(4);
    world.leaves.push(leave(2, LeaveKind::Sick, day(), date(2024, 10, 9)));
    for (n, date) in [(2, day()), (2, date(2024, 10, 9)), (3, date(2024, 10, 10))] {
        world.miss(n, date);
    }
    world
}

fn compared(world: &World, reports: &[SentReport], summaries: &[Summary]) -> Vec<duxue_rules::finding::Finding> {
    disagreements(&Accounts { class: CLASS, sheets: &world.sheets(), reports, summaries })
}

/// 《…年 月份学生考勤情况签名汇总表》（附件 6）实行日统计制.
#[test]
fn the_summary_has_a_line_a_student_and_a_column_a_training_day() {
    let world = world();
    let summary = world.summary();
    assert_eq!(summary.dates(), world.days);
    assert_eq!(summary.lines.len(), 4);
    let totals: Vec<_> = summary.lines.iter().map(|line| DayValue::ALL.map(|value| line.days(value))).collect();
    assert_eq!(totals, [[19, 0, 0, 0], [17, 2, 0, 0], [18, 0, 0, 1], [19, 0, 0, 0]]);
    assert_eq!(DayValue::ALL.map(|value| summary.column(day(), value)), [3, 1, 0, 0]);
    assert_eq!(summary.value(student(3), date(2024, 10, 10)), Some(DayValue::Absent));
    assert_eq!(summary.value(student(3), date(2024, 10, 13)), None);
    assert_eq!(Summary::of(CLASS, Month::of(date(2024, 11, 1)), &world.sheets()).lines, []);
    let json = serde_json::to_string(&summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&json).unwrap(), summary);
}

/// 学员实际签到打卡情况要与报告单及汇总表一致.
#[test]
fn three_accounts_that_agree_have_no_finding() {
    let world = world();
    assert_eq!(compared(&world, &world.reports(), &[world.summary()]), []);
    assert_eq!(compared(&world, &[], &[]), [], "papers that are not there disagree with nothing");
}

#[test]
fn a_student_reported_present_who_did_not_punch_is_told_with_all_three_values() {
    let world = world();
    let full = World::full(4);
    let findings = compared(&world, &full.reports(), &[world.summary()]);
    assert_eq!(codes(&findings), ["student_day_differs"; 3]);
    assert_eq!(findings[0].expected.zh, "打卡、报告单、汇总表三者一致");
    assert_eq!(findings[0].seen.zh, "2024-10-08：打卡 病假，报告单 出勤，汇总表 病假");
    assert_eq!(findings[0].seen.en, "2024-10-08: punches on sick leave, report present, summary on sick leave");
    assert_eq!(
        findings[0].records,
        [
            Record::Class(CLASS),
            Record::Day(day()),
            Record::Report(ReportId(Uuid::from_u128(1))),
            Record::Student(student(2))
        ]
    );
    let findings = compared(&world, &world.reports(), &[full.summary()]);
    assert_eq!(codes(&findings), ["student_day_differs"; 3]);
    assert_eq!(findings[2].seen.zh, "2024-10-10：打卡 缺勤，报告单 缺勤，汇总表 出勤");
}

#[test]
fn a_report_of_numbers_only_is_compared_by_its_numbers() {
    let world = world();
    let mut reports = world.reports();
    for sent in &mut reports {
        sent.report.absent.clear();
    }
    assert_eq!(compared(&world, &reports, &[world.summary()]), []);
    (reports[0].report.sick, reports[0].report.present) = (0, 4);
    (reports[2].report.other, reports[2].report.personal) = (0, 1);
    let findings = compared(&world, &reports, &[world.summary()]);
    // Four present of four on roll names all its absent: nobody. One personal leave of four does not.
    assert_eq!(codes(&findings), ["student_day_differs", "numbers_differ"]);
    assert_eq!(
        findings[1].seen.zh,
        "2024-10-10：打卡 出勤 3、病假 0、事假 0、缺勤 1；报告单 出勤 3、病假 0、事假 1、缺勤 0；\
         汇总表 出勤 3、病假 0、事假 0、缺勤 1"
    );
}

#[test]
fn the_newest_revision_counts_and_other_classes_do_not() {
    let world = world();
    let mut reports = world.reports();
    let wrong = World::full(4).reports().remove(0);
    reports.push(SentReport { sent_at: at(day(), 8, 0), ..wrong.clone() });
    assert_eq!(compared(&world, &reports, &[]), [], "it was corrected");
    reports.push(SentReport { sent_at: at(day(), 9, 30), ..wrong.clone() });
    assert_eq!(codes(&compared(&world, &reports, &[])), ["student_day_differs"]);
    let mut of_another = wrong;
    of_another.report.class = Uuid::from_u128(66).into();
    assert_eq!(compared(&world, &[of_another], &[]), []);
    let full = World::full(4).summary();
    let of_another = Summary { class: Uuid::from_u128(66).into(), ..full.clone() };
    let of_november = Summary { month: Month::of(date(2024, 11, 1)), lines: vec![], ..full };
    assert_eq!(compared(&world, &[], &[of_another, of_november, world.summary()]), []);
}

#[test]
fn a_roll_that_is_not_the_roster_is_told() {
    let world = World::full(4);
    let mut reports = world.reports();
    (reports[0].report.roll, reports[0].report.present) = (5, 5);
    assert_eq!(codes(&compared(&world, &reports, &[])), ["roll_differs"]);
}

#[test]
fn what_a_summary_leaves_out_or_has_too_much_is_told() {
    let world = world();
    let compared = |change: fn(&mut Summary)| {
        let mut summary = world.summary();
        change(&mut summary);
        codes(&compared(&world, &world.reports(), &[summary]))
    };
    let left_out = |summary: &mut Summary| summary.lines[0].cells.retain(|&date, _| date != day());
    assert_eq!(compared(left_out), ["student_day_differs"]);
    assert_eq!(compared(|summary| drop(summary.lines.remove(0))), ["student_day_differs"; 19]);
    let sunday = |summary: &mut Summary| {
        summary.lines[0].cells.insert(date(2024, 10, 13), DayValue::Present);
    };
    assert_eq!(compared(sunday), ["summary_day_unknown"]);
    assert_eq!(compared(|summary| summary.lines.push(summary.lines[0].clone())), ["summary_line_twice"]);
    assert_eq!(compared(|summary| summary.lines[3].student = student(9)).len(), 20, "19 left out, and a stranger");
}

/// 在每天 9:00 前…报备学员当天出勤情况.
#[test]
fn each_training_day_has_its_report_by_nine() {
    let world = world();
    let policy = Policy::default();
    let mut reports: Vec<SentReport> = world.reports().into_iter().take(4).collect();
    reports.remove(2);
    reports[0].sent_at = at(day(), 9, 0);
    reports[1].sent_at = at(date(2024, 10, 9), 9, 1);
    let state = |now| -> Vec<ReportState> {
        report_duties(CLASS, &world.days, &reports, now, &policy).into_iter().map(|duty| duty.state).collect()
    };
    let id = |n| ReportId(Uuid::from_u128(n));
    let past = [
        ReportState::Sent { report: id(1) },
        ReportState::Late { report: id(2), at: at(date(2024, 10, 9), 9, 1) },
        ReportState::Missing,
        ReportState::Sent { report: id(4) },
    ];
    let saturday = date(2024, 10, 12);
    assert_eq!(state(at(saturday, 9, 0))[..], [past[0], past[1], past[2], past[3], ReportState::Open]);
    assert_eq!(state(at(saturday, 9, 1))[4], ReportState::Missing);
    assert_eq!(state(at(saturday, 0, 0))[4], ReportState::Open, "from midnight on it is today's");
    assert_eq!(state(at(date(2024, 10, 11), 23, 59)).len(), 4);
    let findings = report_findings(CLASS, &report_duties(CLASS, &world.days, &reports, at(saturday, 9, 0), &policy));
    assert_eq!(codes(&findings), ["report_late", "report_missing"]);
    assert_eq!(findings[0].text().zh, "R7.3b：2024-10-09 09:00 前报送日出勤情况报告单；报送时间为 2024-10-09 09:01");
    assert_eq!(findings[1].records, [Record::Class(CLASS), Record::Day(date(2024, 10, 10))]);
}

#[test]
fn a_correction_makes_no_report_late() {
    let world = World::full(1);
    let mut reports = vec![world.reports().remove(0)];
    reports.push(SentReport { id: ReportId(Uuid::from_u128(90)), sent_at: at(day(), 15, 0), ..reports[0].clone() });
    let duties = report_duties(CLASS, &[day()], &reports, at(day(), 16, 0), &Policy::default());
    assert_eq!(duties[0].state, ReportState::Sent { report: reports[0].id });
    assert_eq!(report_findings(CLASS, &duties), []);
}

/// 是否及时记录学员出勤请假等情况.
#[test]
fn a_leave_has_its_reason_and_comes_before_the_report_that_counts_it() {
    let world = world();
    let reports = world.reports();
    let told = |change: fn(&mut duxue_rules::attendance::Leave), reports: &[SentReport]| {
        let mut leave = world.leaves[0].clone();
        change(&mut leave);
        codes(&check_leaves(&[leave], &world.members, reports))
    };
    assert_eq!(told(|_| {}, &reports), [""; 0]);
    assert_eq!(told(|leave| leave.reason.clear(), &reports), ["leave_without_reason"]);
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 8, 50), &reports), [""; 0], "at the same moment");
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 8, 51), &reports), ["leave_recorded_late"]);
    assert_eq!(told(|leave| leave.student = student(9), &reports), ["leave_outside_class"]);
    let unaware = World::full(4).reports();
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 12, 0), &unaware[..1]), [""; 0], "no report counted it");
    let mut numbers = reports.clone();
    for sent in &mut numbers {
        sent.report.absent.clear();
    }
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 12, 0), &numbers), ["leave_recorded_late"]);
    // The one on sick leave is named, and is another.
    numbers[0].report.absent = vec![Absence { student: student(4), reason: AbsenceReason::Sick }];
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 12, 0), &numbers[..1]), [""; 0]);
    numbers[0].report.sick = 2;
    assert_eq!(told(|leave| leave.recorded_at = at(day(), 12, 0), &numbers[..1]), ["leave_recorded_late"]);
    let twice = [world.leaves[0].clone(), leave(2, LeaveKind::Personal, date(2024, 10, 9), date(2024, 10, 9))];
    let findings = check_leaves(&twice, &world.members, &reports);
    assert_eq!(codes(&findings), ["leave_twice"]);
    assert_eq!(findings[0].seen.zh, "2024-10-09 重复登记");
    let (tenth, eleventh) = (date(2024, 10, 10), date(2024, 10, 11));
    let apart = [leave(1, LeaveKind::Sick, day(), day()), leave(1, LeaveKind::Sick, tenth, tenth)];
    assert_eq!(check_leaves(&apart, &world.members, &reports), [], "one student, two days");
    let of_two = [leave(1, LeaveKind::Sick, eleventh, eleventh), leave(3, LeaveKind::Sick, eleventh, eleventh)];
    assert_eq!(check_leaves(&of_two, &world.members, &reports), [], "two students, one day");
}

#[test]
fn a_leave_is_for_its_student_and_its_days() {
    let leave = leave(2, LeaveKind::Sick, day(), day());
    let next = date(2024, 10, 9);
    let covered = [(2, day()), (3, day()), (2, next)].map(|(n, date)| leave.covers(student(n), date));
    assert_eq!(covered, [true, false, false]);
}

#[test]
fn a_manager_sees_what_is_owed_today() {
    let world = World::full(2);
    let mut unsigned = statement(5, 1, day(), &[Side::SignIn]);
    unsigned.student_signed_at = None;
    let statements = [unsigned.clone(), statement(6, 2, day(), &[Side::SignIn])];
    let reports: Vec<_> = world.reports().into_iter().skip(1).collect();
    let summaries = [world.summary()];
    let facts = DueFacts {
        class: CLASS,
        training_days: &world.days,
        reports: &reports[..1],
        statements: &statements,
        summaries: &[],
    };
    let policy = Policy::default();
    let missing = Due::Report { date: day(), by: at(day(), 9, 0), overdue: true };
    let today = Due::Report { date: date(2024, 10, 10), by: at(date(2024, 10, 10), 9, 0), overdue: false };
    let signature = Due::Statement { statement: unsigned.id, student: student(1), unsigned: vec![Signer::Student] };
    assert_eq!(due(&facts, at(date(2024, 10, 10), 8, 0), &policy), [missing.clone(), today, signature.clone()]);
    let all = DueFacts { reports: &reports, ..facts };
    let summary = Due::Summary { month: october() };
    assert_eq!(due(&all, at(date(2024, 10, 31), 20, 0), &policy), [missing.clone(), signature.clone()]);
    let november = at(date(2024, 11, 1), 0, 0);
    assert_eq!(due(&all, november, &policy), [missing.clone(), signature.clone(), summary.clone()]);
    let others = [
        Summary { class: Uuid::from_u128(66).into(), ..world.summary() },
        Summary { month: Month::of(date(2024, 9, 1)), ..world.summary() },
    ];
    let of_others = DueFacts { summaries: &others, ..all };
    assert_eq!(due(&of_others, november, &policy), [missing.clone(), signature.clone(), summary]);
    let handed_in = DueFacts { summaries: &summaries, ..all };
    assert_eq!(due(&handed_in, november, &policy), [missing, signature]);
}
