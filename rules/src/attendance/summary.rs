//! R7.3c (七(三)): 年 月份学生考勤情况签名汇总表（附件 6）实行日统计制: a line a student, a column a day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DaySheet, DayValue};
use crate::{
    calendar::Month,
    ids::{ClassId, StudentId},
};

/// A class's month, as it is made from punches or was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The class.
    pub class: ClassId,
    /// The month.
    pub month: Month,
    /// A line a student.
    pub lines: Vec<SummaryLine>,
}

/// One student's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryLine {
    /// Who.
    pub student: StudentId,
    /// A column a training day; none where the student was not in the class.
    pub cells: BTreeMap<Date, DayValue>,
}

impl Summary {
    /// Makes a month's summary from the sheets of its days; those of other months are not looked at. Students stand in
    /// the order in which the sheets first have them.
    pub fn of(class: ClassId, month: Month, sheets: &[DaySheet]) -> Self {
        let mut lines: Vec<SummaryLine> = Vec::new();
        let mut place: BTreeMap<StudentId, usize> = BTreeMap::new();
        let mut in_order: Vec<&DaySheet> = sheets.iter().filter(|sheet| Month::of(sheet.date) == month).collect();
        in_order.sort_by_key(|sheet| sheet.date);
        for sheet in in_order {
            for day in &sheet.lines {
                let index = *place.entry(day.student).or_insert_with(|| {
                    lines.push(SummaryLine { student: day.student, cells: BTreeMap::new() });
                    lines.len() - 1
                });
                lines[index].cells.insert(sheet.date, day.standing.value());
            }
        }
        Self { class, month, lines }
    }

    /// The dates that have a column, in order.
    pub fn dates(&self) -> Vec<Date> {
        let mut dates: Vec<Date> = self.lines.iter().flat_map(|line| line.cells.keys().copied()).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// What is written for a student on a day.
    pub fn value(&self, student: StudentId, date: Date) -> Option<DayValue> {
        self.lines.iter().find(|line| line.student == student)?.cells.get(&date).copied()
    }

    /// How many students have this value on a day: the column's total.
    pub fn column(&self, date: Date, value: DayValue) -> u32 {
        let count = self.lines.iter().filter(|line| line.cells.get(&date) == Some(&value)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

impl SummaryLine {
    /// On how many days the student has this value: the line's total.
    pub fn days(&self, value: DayValue) -> u32 {
        u32::try_from(self.cells.values().filter(|cell| **cell == value).count()).unwrap_or(u32::MAX)
    }
}
