//! R7.3b (七(三)): 每天 9:00 前…报备学员当天出勤情况: which reports came, came late, are missing, or are due.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    civil,
    finding::{Finding, Record},
    ids::{ClassId, ReportId},
    policy::Policy,
    report::{self, DailyReport},
    text::Text,
};

/// A daily report with when it came; a correction is one of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentReport {
    /// Which.
    pub id: ReportId,
    /// What it says.
    pub report: DailyReport,
    /// When it came.
    pub sent_at: Timestamp,
}

/// One day's duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportDuty {
    /// The training day.
    pub date: Date,
    /// By when; exactly then is in time.
    pub by: Timestamp,
    /// What became of it.
    pub state: ReportState,
}

/// What became of a day's duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ReportState {
    /// It came in time.
    Sent {
        /// The first revision.
        report: ReportId,
    },
    /// It came too late, and was taken all the same.
    Late {
        /// The first revision.
        report: ReportId,
        /// When that came.
        at: Timestamp,
    },
    /// It has not come, and there is still time.
    Open,
    /// It has not come, and the time is over.
    Missing,
}

/// The duty of each training day up to today. A correction does not make a report late: the first revision counts.
pub fn report_duties(
    class: ClassId,
    training_days: &[Date],
    reports: &[SentReport],
    now: Timestamp,
    policy: &Policy,
) -> Vec<ReportDuty> {
    let today = civil::date_of(now);
    let mut days: Vec<Date> = training_days.iter().copied().filter(|&date| date <= today).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter()
        .filter_map(|date| {
            let by = civil::instant(date, policy.report_due)?;
            let of_day = reports.iter().filter(|sent| sent.report.class == class && sent.report.date == date);
            let state = match of_day.min_by_key(|sent| (sent.sent_at, sent.id)) {
                Some(first) if report::is_late(date, first.sent_at, policy) => {
                    ReportState::Late { report: first.id, at: first.sent_at }
                }
                Some(first) => ReportState::Sent { report: first.id },
                None if report::is_late(date, now, policy) => ReportState::Missing,
                None => ReportState::Open,
            };
            Some(ReportDuty { date, by, state })
        })
        .collect()
}

/// Every report that is missing or came late.
pub fn report_findings(class: ClassId, duties: &[ReportDuty]) -> Vec<Finding> {
    let finding = |duty: &ReportDuty| {
        let minute = |at| format!("{} {}", civil::date_of(at), civil::time_of(at).strftime("%H:%M"));
        let date = duty.date;
        let (code, seen, shown) = match duty.state {
            ReportState::Sent { .. } | ReportState::Open => return None,
            ReportState::Late { report, at } => {
                let at = minute(at);
                let seen = Text::new(format!("报送时间为 {at}"), format!("it came at {at}"));
                ("report_late", seen, Some(Record::Report(report)))
            }
            ReportState::Missing => {
                let seen = Text::new(format!("{date} 未报送"), format!("that of {date} did not come"));
                ("report_missing", seen, None)
            }
        };
        let by = minute(duty.by);
        let expected = Text::new(format!("{by} 前报送日出勤情况报告单"), format!("the daily report comes by {by}"));
        let records = [Record::Class(class), Record::Day(date)].into_iter().chain(shown);
        Some(Finding::new(report::RULE, code, expected, seen).showing(records))
    };
    duties.iter().filter_map(finding).collect()
}
