//! R7.2a, R7.2b, R7.2d, R1.2: what is wrong with a course and its timetable.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Course, Lesson, Timetable, course};
use crate::{
    calendar::{Calendar, Month},
    finding::{Finding, Record},
    ids::VenueId,
    opening::{VenueApproval, opening_in_time, venue_allowed},
    policy::Policy,
    text::{Reason, RuleId, Text},
};

const PLAN: RuleId = RuleId::new("R7.2a");
const HOURS: RuleId = RuleId::new("R7.2b");

/// The training days of a month: 每月培训天数以当月实际工作日为准.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MonthDays {
    /// Which month.
    pub month: Month,
    /// Working days of the class's span in it.
    pub due: u32,
    /// Those of them that have a lesson.
    pub given: u32,
    /// Whether the month's holidays are still to be published.
    pub provisional: bool,
}

/// What is to be said of a timetable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimetableAnswer {
    /// Month by month.
    pub months: Vec<MonthDays>,
    /// Said of years whose holidays are still to be published.
    pub notes: Vec<Reason>,
    /// What is wrong; empty when the class may be taught so.
    pub findings: Vec<Finding>,
}

/// Looks at a course and its timetable, as they are before the class opens or would be after a change.
pub fn check(
    course: &Course,
    timetable: &Timetable,
    venues: &[VenueApproval],
    calendar: &Calendar,
    policy: &Policy,
) -> TimetableAnswer {
    let mut findings = course::papers(course);
    findings.extend(opening_in_time(course.dates.start(), course.programme_year, policy));
    findings.extend(course::length(course, calendar, policy));
    let months = months(course, timetable, calendar);
    if timetable.lessons().is_empty() {
        let expected = Text::new("制定课程表", "there is a timetable");
        let finding = Finding::new(PLAN, "timetable_missing", expected, Text::new("没有课程", "it has no lesson"));
        findings.push(finding.showing([Record::Class(course.class)]));
    } else {
        findings.extend(plan(course, timetable));
        findings.extend(months.iter().filter_map(|month| missing_days(course, timetable, *month, calendar)));
        findings.extend(days(course, timetable, calendar, policy));
        findings.extend(lessons(timetable, policy));
        findings.extend(overlaps(timetable));
        findings.extend(places(course, timetable, venues));
    }
    let years: BTreeSet<i16> = months.iter().map(|month| month.month.dates().start().year()).collect();
    TimetableAnswer { months, notes: years.into_iter().filter_map(|year| calendar.note(year)).collect(), findings }
}

fn months(course: &Course, timetable: &Timetable, calendar: &Calendar) -> Vec<MonthDays> {
    let taught: BTreeSet<Date> = timetable.dates().into_iter().collect();
    let mut months: BTreeMap<Month, MonthDays> = BTreeMap::new();
    for date in course.dates {
        let day = calendar.day(date);
        let month = Month::of(date);
        let entry = months.entry(month).or_insert(MonthDays { month, due: 0, given: 0, provisional: day.provisional });
        entry.due += u32::from(day.is_working());
        entry.given += u32::from(day.is_working() && taught.contains(&date));
    }
    months.into_values().collect()
}

fn missing_days(course: &Course, timetable: &Timetable, month: MonthDays, calendar: &Calendar) -> Option<Finding> {
    if month.given == month.due {
        return None;
    }
    let dates = course.dates.intersection(month.month.dates());
    let missing = calendar.working_days(dates).value.into_iter().filter(|&date| timetable.on(date).is_empty());
    let (due, (zh, en)) = (month.due, provisional(month.provisional));
    let expected = Text::new(
        format!("{}应有 {due} 个培训日（当月实际工作日）{zh}", month.month.zh()),
        format!("{due} training days in {}, its working days{en}", month.month),
    );
    let seen =
        Text::new(format!("课程表安排 {} 天", month.given), format!("the timetable has lessons on {}", month.given));
    Some(Finding::new(HOURS, "training_days_missing", expected, seen).showing(missing.map(Record::Day)))
}

/// What is added to a sentence that rests on a year whose holidays are still to be published.
fn provisional(is: bool) -> (&'static str, &'static str) {
    if is { ("，放假安排公布前为暂定", ", provisional until the holidays are published") } else { ("", "") }
}

/// Each day that has a lesson: enough of them, in the class's time, not on a day off.
fn days(course: &Course, timetable: &Timetable, calendar: &Calendar, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for date in timetable.dates() {
        let day = calendar.day(date);
        let lessons = timetable.on(date);
        let mut wrong = |code, expected: Text, seen: Text| {
            let shown = lessons.iter().map(|lesson| Record::Lesson(lesson.id));
            findings.push(Finding::new(HOURS, code, expected, seen).showing([Record::Day(date)]).showing(shown));
        };
        if !course.dates.contains(date) {
            let expected = Text::new("在班期内授课", "lessons within the class's dates");
            let seen = Text::new(format!("{date} 不在班期内"), format!("{date} is outside"));
            wrong("lesson_outside_class", expected, seen);
        } else if !day.is_working() {
            let (zh, en) = provisional(day.provisional);
            let expected = Text::new("除去法定节假日和周末休息日", "lessons on working days");
            let seen = Text::new(format!("{date} 为休息日{zh}"), format!("{date} is a day off{en}"));
            wrong("lesson_on_day_off", expected, seen);
        } else if lessons.len() < policy.lessons_per_day as usize {
            let (least, count) = (policy.lessons_per_day, lessons.len());
            let expected = Text::new(
                format!("每天培训不少于 {least} 课时"),
                format!("at least {least} lessons on each training day"),
            );
            let seen = Text::new(format!("{date} 安排 {count} 课时"), format!("{date} has {count}"));
            wrong("too_few_lessons", expected, seen);
        }
    }
    findings
}

/// Each lesson: as long as a lesson is, with a subject and a teacher.
fn lessons(timetable: &Timetable, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lesson in timetable.lessons() {
        let said = lesson.text();
        let mut wrong = |rule, code, expected, zh: String, en: String| {
            let seen = Text::new(format!("{}：{zh}", said.zh), format!("{}: {en}", said.en));
            let finding = Finding::new(rule, code, expected, seen);
            findings.push(finding.showing([Record::Day(lesson.date()), Record::Lesson(lesson.id)]));
        };
        let (minutes, seconds) = (policy.lesson_minutes, lesson.span.duration().as_secs());
        if seconds != i64::from(minutes) * 60 || lesson.span.duration().subsec_nanos() != 0 {
            let expected = Text::new(format!("每课时 {minutes} 分钟"), format!("a lesson of {minutes} minutes"));
            let (whole, rest) = (seconds / 60, seconds % 60);
            wrong(HOURS, "lesson_length", expected, format!("{whole} 分 {rest} 秒"), format!("{whole} min {rest} s"));
        }
        if lesson.subject.trim().is_empty() || lesson.teacher.trim().is_empty() {
            let expected = Text::new("课程表写明课程和教师", "the timetable names subject and teacher");
            wrong(PLAN, "lesson_unnamed", expected, "未写明".to_owned(), "it does not".to_owned());
        }
    }
    findings
}

/// Each lesson that begins before an earlier one is over, with the one that ends last.
fn overlaps(timetable: &Timetable) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut running: Option<&Lesson> = None;
    for lesson in timetable.lessons() {
        if let Some(earlier) = running.filter(|earlier| earlier.span.intersection(lesson.span).is_some()) {
            let (one, other) = (earlier.text(), lesson.text());
            let expected = Text::new("同一班次的课时不得重叠", "a class has one lesson at a time");
            let seen = Text::new(format!("{} 与 {}", one.zh, other.zh), format!("{} and {}", one.en, other.en));
            let records = [Record::Lesson(earlier.id), Record::Lesson(lesson.id)];
            findings.push(Finding::new(PLAN, "lessons_overlap", expected, seen).showing(records));
        }
        running = running.filter(|earlier| earlier.span.end() >= lesson.span.end()).or(Some(lesson));
    }
    findings
}

/// R1.2: each venue that may not be taught in, with the lessons there.
fn places(course: &Course, timetable: &Timetable, venues: &[VenueApproval]) -> Vec<Finding> {
    let mut wrong: BTreeMap<(VenueId, String), Finding> = BTreeMap::new();
    for lesson in timetable.lessons() {
        let Some(finding) = venue_allowed(venues, course.institution, lesson.venue, lesson.date()) else { continue };
        let entry = wrong.entry((lesson.venue, finding.code.clone())).or_insert(finding);
        entry.records.push(Record::Lesson(lesson.id));
    }
    wrong.into_values().collect()
}

/// 严格按照教学计划: no subject beside the plan, none with fewer lessons than planned.
fn plan(course: &Course, timetable: &Timetable) -> Vec<Finding> {
    if course.plan.subjects.is_empty() {
        return Vec::new();
    }
    let mut planned: BTreeMap<&str, u32> = BTreeMap::new();
    for subject in &course.plan.subjects {
        let lessons = planned.entry(subject.subject.trim()).or_default();
        *lessons = lessons.saturating_add(subject.lessons);
    }
    let mut given: BTreeMap<&str, u32> = planned.keys().map(|&subject| (subject, 0)).collect();
    for lesson in timetable.lessons().iter().filter(|lesson| !lesson.subject.trim().is_empty()) {
        *given.entry(lesson.subject.trim()).or_default() += 1;
    }
    let expected = || Text::new("课程表与教学计划一致", "the timetable follows the teaching plan");
    given
        .into_iter()
        .filter_map(|(subject, given)| {
            let (code, seen) = match planned.get(subject) {
                None => (
                    "subject_not_planned",
                    Text::new(format!("“{subject}”不在教学计划内"), format!("“{subject}” is not in the teaching plan")),
                ),
                Some(&planned) if given < planned => (
                    "subject_short",
                    Text::new(
                        format!("“{subject}”计划 {planned} 课时，安排 {given} 课时"),
                        format!("“{subject}” has {given} lessons of {planned} planned"),
                    ),
                ),
                Some(_) => return None,
            };
            Some(Finding::new(PLAN, code, expected(), seen).showing([Record::Class(course.class)]))
        })
        .collect()
}
