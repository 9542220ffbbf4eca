//! The daily report 日出勤情况报告单.

use duxue_rules::ids::{ClassId, StudentId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{refs::UserRef, words::AbsenceReason};

/// One absent student.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student: StudentId,
    /// Why.
    pub reason: AbsenceReason,
}

/// A daily report to send (R7.3b). Sending again adds a revision.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// 班级学员数.
    pub roll: u32,
    /// 实际出勤学员数.
    pub present: u32,
    /// Men among the present, when counted.
    pub present_men: Option<u32>,
    /// Women among the present, when counted.
    pub present_women: Option<u32>,
    /// 病假学员数.
    pub sick: u32,
    /// 事假学员数.
    pub personal: u32,
    /// Absent for another reason.
    pub other: u32,
    /// Every absent student, with the reason.
    pub absent: Vec<Absence>,
    /// 其他需要说明情况, up to 2000 characters.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
}

/// A daily report as it was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Report {
    /// The class.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
    /// The day it reports.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Counts up from 1; the highest counts.
    pub revision: u32,
    /// 班级学员数.
    pub roll: u32,
    /// 实际出勤学员数.
    pub present: u32,
    /// Men among the present.
    pub present_men: Option<u32>,
    /// Women among the present.
    pub present_women: Option<u32>,
    /// 病假学员数.
    pub sick: u32,
    /// 事假学员数.
    pub personal: u32,
    /// Absent for another reason.
    pub other: u32,
    /// Every absent student.
    pub absent: Vec<Absence>,
    /// 其他需要说明情况.
    pub note: String,
    /// When it came.
    pub sent_at: Timestamp,
    /// Who sent it.
    pub sent_by: UserRef,
    /// Whether it came after 09:00 of its day (R7.3b).
    pub late: bool,
}

impl From<duxue_storage::report::Report> for Report {
    fn from(row: duxue_storage::report::Report) -> Self {
        let said = row.report;
        let absence = |of: duxue_rules::report::Absence| Absence { student: of.student, reason: of.reason.into() };
        Self {
            class_id: said.class,
            date: said.date,
            revision: row.revision,
            roll: said.roll,
            present: said.present,
            present_men: said.present_men,
            present_women: said.present_women,
            sick: said.sick,
            personal: said.personal,
            other: said.other,
            absent: said.absent.into_iter().map(absence).collect(),
            note: said.note,
            sent_at: row.sent_at,
            sent_by: row.sent_by.into(),
            late: row.late,
        }
    }
}

impl NewReport {
    /// As the rules take it.
    pub fn of(self, class: ClassId, date: Date) -> duxue_rules::report::DailyReport {
        let absence = |of: Absence| duxue_rules::report::Absence { student: of.student, reason: of.reason.into() };
        duxue_rules::report::DailyReport {
            class,
            date,
            roll: self.roll,
            present: self.present,
            present_men: self.present_men,
            present_women: self.present_women,
            sick: self.sick,
            personal: self.personal,
            other: self.other,
            absent: self.absent.into_iter().map(absence).collect(),
            note: self.note,
        }
    }
}
