//! The timetable, by examples from the notice's own sentences (七(二)) and at the edges.

#![allow(clippy::unwrap_used)]

mod changes;
mod laws;
mod world;

use duxue_rules::{
    calendar::Dates,
    finding::Record,
    policy::Policy,
    span::Span,
    timetable::{Course, Lesson, PlannedSubject},
};
use jiff::civil::{date, time};
use world::{ELSEWHERE, VENUE, World, lesson, minutes};

#[test]
fn a_course_from_8_october_to_7_january_with_six_lessons_every_working_day_is_fine() {
    let answer = World::autumn().checked();
    assert_eq!((answer.findings, answer.notes), (vec![], vec![]));
    // 每月培训天数以当月实际工作日为准: October has 8 to 11, 12 (make-up), 14 to 18, 21 to 25, 28 to 31.
    let days: Vec<_> = answer.months.iter().map(|month| (month.month.to_string(), month.due, month.given)).collect();
    let expected = [("2024-10", 19), ("2024-11", 21), ("2024-12", 22), ("2025-01", 4)];
    assert_eq!(days, expected.map(|(month, days)| (month.to_owned(), days, days)));
}

/// 培训机构需按照要求制定教学大纲和教学计划、课程表.
#[test]
fn syllabus_plan_and_timetable_exist() {
    let fine = World::autumn();
    let mut world = fine.clone();
    world.course.syllabus = " ".to_owned();
    world.course.plan.file = String::new();
    assert_eq!(world.codes(), ["syllabus_missing", "teaching_plan_missing"]);
    assert_eq!(World { lessons: vec![], ..fine }.codes(), ["timetable_missing"]);
}

/// 严格按照教学计划.
#[test]
fn the_timetable_has_what_the_plan_has() {
    let mut world = World::autumn();
    world.course.plan.subjects[0].lessons += 1;
    assert_eq!(world.codes(), ["subject_short"]);
    world.course.plan.subjects[0].lessons -= 2;
    assert_eq!(world.codes(), [""; 0], "more than planned is no fault");
    world.course.plan.subjects.push(PlannedSubject { subject: "客户服务".to_owned(), lessons: 2 });
    let finding = world.checked().findings.remove(0);
    assert_eq!(finding.seen.zh, "“客户服务”计划 2 课时，安排 0 课时");
    world.course.plan.subjects.remove(0);
    assert_eq!(world.codes(), ["subject_short", "subject_not_planned"]);
}

/// 培训时长按专业确定为 3-6 个月.
#[test]
fn a_major_of_two_or_seven_months_is_none_of_the_scheme() {
    let first = date(2024, 3, 4);
    for (months, codes) in
        [(2, vec!["duration_not_allowed"]), (3, vec![]), (6, vec![]), (7, vec!["duration_not_allowed"])]
    {
        assert_eq!(World::conforming(first, months, 6).codes(), codes, "{months} months");
    }
}

/// 培训机构按规定时长进行培训.
#[test]
fn the_class_is_as_long_as_its_major() {
    let fine = World::autumn();
    let lasting = |last| Course { dates: Dates::through(date(2024, 10, 8), last).unwrap(), ..fine.course.clone() };
    let until = |last| World {
        lessons: fine.lessons.iter().filter(|lesson| lesson.date() <= last).cloned().collect(),
        course: lasting(last),
        ..fine.clone()
    };
    let mut short = until(date(2025, 1, 6));
    short.course.plan.subjects.clear();
    assert_eq!(short.codes(), ["course_too_short"]);
    assert_eq!(short.checked().findings[0].expected.zh, "自 2024-10-08 起满 3 个月，至 2025-01-07");
    let mut long = fine.clone();
    long.course = lasting(date(2025, 1, 8));
    assert_eq!(long.codes(), ["course_too_long", "training_days_missing"]);
    // Four months from 8 October 2024 are full on Friday 7 February 2025; then 8 February is a make-up workday.
    let four = World::conforming(date(2024, 10, 8), 4, 6);
    let mut one_day_more = four.clone();
    one_day_more.course.dates = Dates::through(date(2024, 10, 8), date(2025, 2, 8)).unwrap();
    assert_eq!(one_day_more.codes(), ["course_too_long", "training_days_missing"]);
}

#[test]
fn days_off_at_the_end_make_a_class_neither_short_nor_long() {
    // From Monday 1 April 2024, three months: full on Sunday 30 June; Friday the 28th is as good a last day.
    let mut world = World::conforming(date(2024, 4, 1), 3, 6);
    world.course.dates = Dates::through(date(2024, 4, 1), date(2024, 6, 28)).unwrap();
    assert_eq!(world.codes(), [""; 0]);
}

/// 除去法定节假日和周末休息日.
#[test]
fn no_lessons_on_a_day_off_but_on_a_make_up_workday() {
    let mut world = World::autumn();
    assert!(world.lessons.iter().any(|lesson| lesson.date() == date(2024, 10, 12)), "a Saturday that is worked");
    world.lessons.push(lesson(9_000, date(2024, 10, 13), time(8, 30, 0, 0)));
    let finding = world.checked().findings.remove(0);
    assert_eq!(finding.code, "lesson_on_day_off");
    assert_eq!(finding.text().zh, "R7.2b：除去法定节假日和周末休息日；2024-10-13 为休息日");
    assert!(finding.records.contains(&Record::Day(date(2024, 10, 13))));
}

#[test]
fn a_year_without_published_holidays_is_provisional_and_says_so() {
    let mut world = World::conforming(date(2026, 12, 1), 3, 6);
    let answer = world.checked();
    assert_eq!(answer.findings, []);
    assert_eq!(answer.months.iter().map(|month| month.provisional).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(answer.notes.len(), 1);
    world.lessons.push(lesson(9_000, date(2027, 1, 1), time(8, 30, 0, 0)));
    assert!(world.checked().findings[0].seen.zh.contains("暂定"));
}

/// 每天培训不少于 6 课时，每课时 45 分钟.
#[test]
fn six_lessons_of_45_minutes() {
    let fine = World::autumn();
    let mut world = fine.clone();
    world.course.plan.subjects.clear();
    world.lessons.remove(5);
    assert_eq!(world.codes(), ["too_few_lessons"]);
    assert_eq!(world.checked().findings[0].seen.zh, "2024-10-08 安排 5 课时");
    world.lessons.drain(..5);
    let finding = world.checked().findings.remove(0);
    assert_eq!(finding.code, "training_days_missing");
    assert_eq!(finding.records, [Record::Day(date(2024, 10, 8))]);
    for (change, said) in [(-1, "44 分 0 秒"), (1, "46 分 0 秒")] {
        let mut world = fine.clone();
        world.lessons[5] = Lesson { span: resized(&world.lessons[5], change), ..world.lessons[5].clone() };
        let findings = world.checked().findings;
        assert_eq!(findings.len(), 1);
        assert!(findings[0].seen.zh.ends_with(said), "{:?}", findings[0].seen);
    }
}

fn resized(lesson: &Lesson, change: i64) -> Span {
    Span::new(lesson.span.start(), lesson.span.end() + minutes(change)).unwrap()
}

#[test]
fn two_lessons_may_touch_but_not_overlap() {
    let mut world = World::autumn();
    let first = world.lessons[0].clone();
    let second = |start| Lesson { span: Span::new(start, start + minutes(45)).unwrap(), ..world.lessons[1].clone() };
    let (touching, overlapping) = (second(first.span.end()), second(first.span.end() - minutes(1)));
    world.lessons[1] = touching;
    assert_eq!(world.codes(), [""; 0]);
    world.lessons[1] = overlapping;
    assert_eq!(world.codes(), ["lessons_overlap"]);
}

/// 一、2: 利用所属并经…现场核验批准确定的场地进行培训.
#[test]
fn lessons_only_in_the_institutions_own_verified_venue() {
    let mut world = World::autumn();
    world.lessons[3].venue = ELSEWHERE;
    world.lessons[4].venue = ELSEWHERE;
    let findings = world.checked().findings;
    assert_eq!(findings.len(), 1, "one finding a venue");
    assert_eq!((findings[0].rule.as_str(), findings[0].code.as_str()), ("R1.2", "venue_of_another"));
    let shown = |n: usize| findings[0].records.contains(&Record::Lesson(world.lessons[n].id));
    assert!(shown(3) && shown(4) && !shown(2));
    let mut world = World::autumn();
    world.venues[0].withdrawn_on = Some(date(2025, 1, 7));
    let findings = world.checked().findings;
    assert_eq!(findings[0].code, "venue_not_approved_then");
    assert!(findings[0].records.contains(&Record::Venue(VENUE)));
    assert_eq!(findings[0].records.iter().filter(|record| matches!(record, Record::Lesson(_))).count(), 6);
}

/// 最后一次开班时间为12月末.
#[test]
fn a_class_of_the_year_opens_by_its_31st_of_december() {
    let mut world = World::conforming(date(2024, 12, 31), 3, 6);
    assert_eq!(world.codes(), [""; 0]);
    world = World::conforming(date(2025, 1, 2), 3, 6);
    world.course.programme_year = 2024;
    assert_eq!(world.codes(), ["opens_too_late"]);
}

#[test]
fn a_lesson_outside_the_class_or_without_a_name_is_told() {
    let mut world = World::autumn();
    world.lessons.push(lesson(9_000, date(2025, 1, 8), time(8, 30, 0, 0)));
    world.lessons[0].teacher = String::new();
    assert_eq!(world.codes(), ["lesson_outside_class", "lesson_unnamed"]);
}

#[test]
fn other_cities_have_other_numbers() {
    let world = World::conforming(date(2024, 10, 8), 3, 4);
    assert_eq!(world.codes().len(), 66, "every day is too short by the notice");
    let policy = Policy { lessons_per_day: 4, ..Policy::default() };
    let check = |policy: &Policy| {
        duxue_rules::timetable::check(&world.course, &world.timetable(), &world.venues, &world::CALENDAR, policy)
            .findings
    };
    assert_eq!(check(&policy), []);
    assert_eq!(check(&Policy { lesson_minutes: 40, ..policy }).len(), 66 * 4);
}
