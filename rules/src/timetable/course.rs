//! R7.2a, R7.2b: what a course is before it has a timetable: its papers and its length.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Dates},
    finding::{Finding, Record},
    ids::{ClassId, InstitutionId},
    policy::Policy,
    text::{RuleId, Text},
};

/// A class's course, as far as the timetable is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// The class.
    pub class: ClassId,
    /// Its institution.
    pub institution: InstitutionId,
    /// The year in the class's name.
    pub programme_year: i16,
    /// From the class's first day to its last.
    pub dates: Dates,
    /// 培训时长按专业确定: how many months this major takes.
    pub months: u32,
    /// 教学大纲: its file.
    pub syllabus: String,
    /// 教学计划.
    pub plan: TeachingPlan,
}

/// 教学计划.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachingPlan {
    /// Its file.
    pub file: String,
    /// What it plans, where it was entered; empty: the timetable is not compared with it.
    pub subjects: Vec<PlannedSubject>,
}

/// A line of the teaching plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlannedSubject {
    /// What is taught.
    pub subject: String,
    /// At least in so many lessons.
    pub lessons: u32,
}

/// The first date after `months` full months from `start` on, `start` inside.
///
/// A month is full on the day before the same day of the month; where a month has no such day, with its last day (民法典
/// 第二百零二条: 没有对应日的，月末日为期间的最后一日). `None` only at the end of the calendar.
pub fn months_after(start: Date, months: u32) -> Option<Date> {
    let same_day = start.checked_add(jiff::Span::new().try_months(i64::from(months)).ok()?).ok()?;
    if same_day.day() == start.day() { Some(same_day) } else { same_day.tomorrow().ok() }
}

/// R7.2a: what is missing of syllabus and teaching plan.
pub(super) fn papers(course: &Course) -> Vec<Finding> {
    [
        (&course.syllabus, "教学大纲", "a syllabus", "syllabus_missing"),
        (&course.plan.file, "教学计划", "a teaching plan", "teaching_plan_missing"),
    ]
    .into_iter()
    .filter(|(file, ..)| file.trim().is_empty())
    .map(|(_, zh, en, code)| {
        let expected = Text::new(format!("制定{zh}"), format!("there is {en}"));
        let finding = Finding::new(RuleId::new("R7.2a"), code, expected, Text::new("未提供", "there is none"));
        finding.showing([Record::Class(course.class)])
    })
    .collect()
}

/// R7.2b: whether the class is as long as its major, and its major as long as the notice allows.
///
/// Only working days count as too few or too many: a class that ends on the Friday before its months are full on Sunday
/// lacks nothing.
pub(super) fn length(course: &Course, calendar: &Calendar, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut wrong = |code, expected, seen| {
        let finding = Finding::new(RuleId::new("R7.2b"), code, expected, seen);
        findings.push(finding.showing([Record::Class(course.class)]));
    };
    let (months, least, most) = (course.months, policy.course_min_months, policy.course_max_months);
    if !(least..=most).contains(&months) {
        let expected =
            Text::new(format!("培训时长 {least}-{most} 个月"), format!("a course of {least} to {most} months"));
        let seen = Text::new(format!("该专业为 {months} 个月"), format!("this major has {months} months"));
        wrong("duration_not_allowed", expected, seen);
    }
    let (start, end) = (course.dates.start(), course.dates.end());
    let Some(full) = months_after(start, months) else { return findings };
    let working = |from, to| Dates::new(from, to).map_or(0, |dates| calendar.working_days(dates).value.len());
    let (short, long) = (working(end, full), working(full, end));
    let expected = || {
        let last = full.yesterday().unwrap_or(full);
        Text::new(
            format!("自 {start} 起满 {months} 个月，至 {last}"),
            format!("{months} full months from {start} on, to {last}"),
        )
    };
    if short > 0 {
        let seen = Text::new(format!("少 {short} 个工作日"), format!("{short} working days are missing"));
        wrong("course_too_short", expected(), seen);
    }
    if long > 0 {
        let seen = Text::new(format!("多 {long} 个工作日"), format!("there are {long} working days more"));
        wrong("course_too_long", expected(), seen);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    #[test]
    fn months_are_full_on_the_day_before_the_same_day() {
        assert_eq!(months_after(date(2024, 10, 8), 3), Some(date(2025, 1, 8)));
        assert_eq!(months_after(date(2024, 3, 1), 3), Some(date(2024, 6, 1)));
    }

    #[test]
    fn where_a_month_has_no_such_day_it_is_full_with_its_last() {
        // 30 November and three months: February has no 30th, so all of it belongs.
        assert_eq!(months_after(date(2024, 11, 30), 3), Some(date(2025, 3, 1)));
        assert_eq!(months_after(date(2023, 11, 30), 3), Some(date(2024, 3, 1)), "also with a 29th");
        assert_eq!(months_after(date(2024, 3, 31), 3), Some(date(2024, 7, 1)));
        assert_eq!(months_after(Date::MAX, 1), None);
        assert_eq!(months_after(date(2024, 1, 1), u32::MAX), None);
    }

    proptest! {
        #[test]
        fn a_later_start_or_one_more_month_never_ends_earlier(offset in 0i32..1_500, months in 1u32..12) {
            let start = date(2023, 1, 1).checked_add(offset.days()).unwrap();
            let end = months_after(start, months).unwrap();
            prop_assert!(end <= months_after(start.tomorrow().unwrap(), months).unwrap());
            prop_assert!(end < months_after(start, months + 1).unwrap());
            // Counted apart from jiff's own arithmetic: the months' numbers add up.
            let count = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
            let last = end.yesterday().unwrap();
            let due = count(start) + months as i32 - i32::from(start.day() == 1);
            prop_assert_eq!(count(last), due);
        }
    }
}
