//! 课程表 (R7.2a): the lessons in force, a line a lesson.

use std::collections::HashMap;

use duxue_rules::{civil, ids::VenueId, timetable::Lesson};
use jiff::civil::Weekday;

use super::{Cell, Column, Form, Paper};

/// What stands above the lessons.
pub(crate) struct TimetableHead<'a> {
    /// The file's name.
    pub(crate) file: String,
    /// 培训机构.
    pub(crate) institution: &'a str,
    /// 班级名称.
    pub(crate) class: &'a str,
    /// 专业.
    pub(crate) major: &'a str,
    /// Whether the centre has agreed, in words.
    pub(crate) stage: &'static str,
}

/// The timetable with all approved changes made.
pub(crate) fn timetable(head: TimetableHead<'_>, lessons: &[Lesson], venues: &HashMap<VenueId, String>) -> Form {
    let mut number_of_day = 0;
    let mut day = None;
    let rows = lessons.iter().map(|lesson| {
        let date = lesson.date();
        number_of_day = if day == Some(date) { number_of_day + 1 } else { 1 };
        day = Some(date);
        let time = |at| civil::time_of(at).strftime("%H:%M").to_string();
        vec![
            Cell::Text(date.to_string()),
            Cell::Text(weekday(date.weekday()).to_owned()),
            Cell::Number(number_of_day),
            Cell::Text(format!("{}—{}", time(lesson.span.start()), time(lesson.span.end()))),
            Cell::Text(lesson.subject.clone()),
            Cell::Text(lesson.teacher.clone()),
            Cell::Text(venues.get(&lesson.venue).cloned().unwrap_or_default()),
        ]
    });
    Form {
        rows: rows.collect(),
        name: head.file,
        paper: Paper::Portrait,
        title: "课程表".to_owned(),
        above: vec![
            format!("培训机构：{}", head.institution),
            format!("班级名称：{}    专业：{}", head.class, head.major),
            format!("共 {} 课时    {}", lessons.len(), head.stage),
        ],
        columns: [
            ("日期", 13),
            ("星期", 8),
            ("节次", 6),
            ("时间", 14),
            ("教学内容", 30),
            ("授课教师", 14),
            ("培训场地", 22),
        ]
        .map(|(heading, width)| Column::new(heading, width))
        .into(),
        below: vec!["培训机构（盖章）：              日期：".to_owned()],
        signatures: Vec::new(),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}
