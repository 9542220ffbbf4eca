//! R7.3e (七(一)2: 是否及时记录学员出勤请假等情况): sick and personal leave. Leave explains an absence and is none the less
//! one (R7.2c).

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Member, SentReport};
use crate::{
    calendar::Dates,
    civil,
    finding::{Finding, Record},
    ids::{StudentId, UserId},
    report::AbsenceReason,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.3e");

/// Why a student is on leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// 病假.
    Sick,
    /// 事假.
    Personal,
}

impl LeaveKind {
    /// Its column on the daily report.
    pub fn reason(self) -> AbsenceReason {
        match self {
            Self::Sick => AbsenceReason::Sick,
            Self::Personal => AbsenceReason::Personal,
        }
    }
}

/// A leave of one student.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Leave {
    /// Who.
    pub student: StudentId,
    /// Sick or personal.
    pub kind: LeaveKind,
    /// On which days.
    pub dates: Dates,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: UserId,
    /// When it was entered here.
    pub recorded_at: Timestamp,
}

impl Leave {
    /// Whether the student is on this leave on that day.
    pub fn covers(&self, student: StudentId, date: Date) -> bool {
        self.student == student && self.dates.contains(date)
    }

    /// Whether the report counts this leave: by name, or, where it does not name all its absent, by number.
    fn is_counted_in(&self, sent: &SentReport) -> bool {
        let report = &sent.report;
        let (reason, count) = match self.kind {
            LeaveKind::Sick => (AbsenceReason::Sick, report.sick),
            LeaveKind::Personal => (AbsenceReason::Personal, report.personal),
        };
        if !self.dates.contains(report.date) {
            return false;
        }
        let named = |absent: &crate::report::Absence| absent.student == self.student;
        match report.absent.iter().find(|absent| named(absent)) {
            Some(absent) => absent.reason == reason,
            None => report.absent.iter().filter(|absent| absent.reason == reason).count() < count as usize,
        }
    }
}

/// What is wrong with a class's leaves. `reports` are the class's, all revisions.
pub fn check(leaves: &[Leave], members: &[Member], reports: &[SentReport]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, leave) in leaves.iter().enumerate() {
        let student = Record::Student(leave.student);
        let mut wrong = |code, expected: Text, seen: Text, records: &[Record]| {
            let finding = Finding::new(RULE, code, expected, seen).showing([student]);
            findings.push(finding.showing(records.iter().copied()));
        };
        let first = Record::Day(leave.dates.start());
        if leave.reason.trim().is_empty() {
            let expected = Text::new("请假写明原因", "a leave gives its reason");
            wrong("leave_without_reason", expected, Text::new("未写明", "it gives none"), &[first]);
        }
        let in_class = |member: &Member| {
            member.student == leave.student && leave.dates.iter().all(|date| member.days.contains(date))
        };
        if leave.dates.is_empty() || !members.iter().any(in_class) {
            let expected =
                Text::new("请假日期在该学员在班期间内", "leave is for days on which the student is in the class");
            wrong("leave_outside_class", expected, Text::new("不在", "it is not"), &[first]);
        }
        let twice = leaves[..index].iter().find_map(|earlier| {
            let both = earlier.dates.intersection(leave.dates);
            (earlier.student == leave.student && !both.is_empty()).then(|| both.start())
        });
        if let Some(date) = twice {
            let expected = Text::new("同一天只登记一次请假", "one leave a student and day");
            let seen = Text::new(format!("{date} 重复登记"), format!("there are two on {date}"));
            wrong("leave_twice", expected, seen, &[Record::Day(date)]);
        }
        let late: Vec<&SentReport> =
            reports.iter().filter(|sent| sent.sent_at < leave.recorded_at && leave.is_counted_in(sent)).collect();
        if let Some(report) = late.iter().min_by_key(|sent| (sent.sent_at, sent.id)) {
            let (date, recorded) = (report.report.date, leave.recorded_at);
            let when = format!("{} {}", civil::date_of(recorded), civil::time_of(recorded).strftime("%H:%M"));
            let expected = Text::new(
                "请假在计入日出勤情况报告单之前登记",
                "a leave is recorded before the daily report that counts it",
            );
            let seen = Text::new(
                format!("{date} 的报告单已计入，{when} 才登记"),
                format!("the report of {date} counted it, and it was recorded at {when}"),
            );
            let records: Vec<_> =
                late.iter().flat_map(|sent| [Record::Day(sent.report.date), Record::Report(sent.id)]).collect();
            wrong("leave_recorded_late", expected, seen, &records);
        }
    }
    findings
}
