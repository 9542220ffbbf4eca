//! A class's attendance in a month, and the summary 附件6 that is handed in of it.

use std::collections::BTreeMap;

use duxue_rules::{
    attendance::{self, HowShown, StudentDay, SummaryLine},
    ids::{FileId, StudentId},
};
use duxue_storage::monthly_summary::MonthlySummary;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    finding::Reason,
    refs::{ClassRef, StudentRef, UserRef},
    rule_finding::RuleFinding,
    words::{DayStanding, DayValue},
};

/// A month of a class, made from punches, leaves and statements.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceMonth {
    /// Which class.
    pub class: ClassRef,
    /// Which month.
    #[schema(example = "2024-10")]
    pub month: String,
    /// The month's training days, by the timetable in force.
    pub days: Vec<AttendanceDay>,
    /// A line a student.
    pub lines: Vec<AttendanceLine>,
    /// What the institution handed in of it; null before it did.
    pub handed_in: Option<HandedInSummary>,
    /// What is not as it should be.
    pub findings: Vec<RuleFinding>,
    /// The policy whose numbers were used.
    pub policy_version: i64,
    /// As of when.
    pub at: Timestamp,
}

/// A training day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceDay {
    /// The civil date.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Whether its punching is over; before, it has no cells.
    pub over: bool,
}

/// A student's month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceLine {
    /// Who.
    pub student: StudentRef,
    /// 学号.
    pub number: Option<String>,
    /// One for each training day that is over.
    pub cells: Vec<AttendanceCell>,
    /// The month's days by what they are.
    pub totals: DayTotals,
    /// The rate over all of the class's training days that are over (R7.2c).
    pub rate: AttendanceRate,
}

/// A student's day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceCell {
    /// The civil date.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// As it is written on the summary.
    pub value: DayValue,
    /// How it came to that.
    pub standing: DayStanding,
    /// How the beginning is shown.
    pub sign_in: Shown,
    /// How the end is shown.
    pub sign_out: Shown,
    /// Why: each end that no punch shows, and the leave.
    pub reasons: Vec<Reason>,
}

/// How an end of a day is shown.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Shown {
    /// By what.
    pub by: ShownBy,
    /// Which punch or statement.
    pub id: Option<Uuid>,
}

/// By what an end of a day is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownBy {
    /// A punch that counts.
    Punch,
    /// A complete statement in its place.
    Statement,
    /// Nothing.
    Missing,
}

/// Days by what they are.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct DayTotals {
    /// 出勤.
    pub present: u32,
    /// 病假.
    pub sick: u32,
    /// 事假.
    pub personal: u32,
    /// 缺勤.
    pub absent: u32,
}

/// How many training days a student attended, of how many (R7.2c).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceRate {
    /// Days attended.
    pub attended: u32,
    /// Training days.
    pub due: u32,
    /// Cut, never rounded up.
    #[schema(example = "89.9%")]
    pub text: String,
    /// Whether it is enough so far.
    pub reaches: bool,
}

/// A summary that was handed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandedInSummary {
    /// Which month.
    #[schema(example = "2024-10")]
    pub month: String,
    /// Counts up from 1; the highest counts.
    pub revision: u32,
    /// The scan with the students' signatures.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// When it came.
    pub sent_at: Timestamp,
    /// Who sent it.
    pub sent_by: UserRef,
    /// What it says.
    pub lines: Vec<HandedInLine>,
}

/// A student's line of a summary.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandedInLine {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// What is written in each day's column, by its civil date.
    #[schema(value_type = BTreeMap<String, DayValue>)]
    pub cells: BTreeMap<Date, DayValue>,
}

/// A summary to hand in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSummary {
    /// The scan with the students' signatures, from `POST /files`.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// A line a student.
    pub lines: Vec<HandedInLine>,
}

impl AttendanceCell {
    /// A student's day as the rules judged it.
    pub fn of(date: Date, day: &StudentDay) -> Self {
        Self {
            date,
            value: day.standing.value().into(),
            standing: day.standing.into(),
            sign_in: day.sign_in.into(),
            sign_out: day.sign_out.into(),
            reasons: day.reasons.iter().cloned().map(Into::into).collect(),
        }
    }
}

impl From<HowShown> for Shown {
    fn from(how: HowShown) -> Self {
        let (by, id) = match how {
            HowShown::Punch(id) => (ShownBy::Punch, Some(id.0)),
            HowShown::Statement(id) => (ShownBy::Statement, Some(id.0)),
            HowShown::Missing => (ShownBy::Missing, None),
        };
        Self { by, id }
    }
}

impl DayTotals {
    /// Those of a line.
    pub fn of(line: &SummaryLine) -> Self {
        use attendance::DayValue as V;
        Self {
            present: line.days(V::Present),
            sick: line.days(V::Sick),
            personal: line.days(V::Personal),
            absent: line.days(V::Absent),
        }
    }
}

impl AttendanceRate {
    /// A rate, held against the least percent.
    pub fn of(rate: attendance::Rate, least: u8) -> Self {
        Self { attended: rate.attended, due: rate.due, text: rate.text(), reaches: rate.reaches(least) }
    }
}

impl From<MonthlySummary> for HandedInSummary {
    fn from(row: MonthlySummary) -> Self {
        let line = |line: SummaryLine| HandedInLine {
            student_id: line.student,
            cells: line.cells.into_iter().map(|(date, value)| (date, value.into())).collect(),
        };
        Self {
            month: row.summary.month.to_string(),
            revision: row.revision,
            file_id: row.file,
            sent_at: row.sent_at,
            sent_by: row.sent_by.into(),
            lines: row.summary.lines.into_iter().map(line).collect(),
        }
    }
}
