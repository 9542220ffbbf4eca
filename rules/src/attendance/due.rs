//! What a class manager owes now: reports, signatures, summaries.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ReportState, SentReport, Signer, Statement, Summary, report_duties};
use crate::{
    calendar::Month,
    civil,
    ids::{ClassId, StatementId, StudentId},
    policy::Policy,
};

/// What is there of a class's papers.
#[derive(Clone, Copy, Debug)]
pub struct DueFacts<'a> {
    /// The class.
    pub class: ClassId,
    /// All its training days, by the timetable in force.
    pub training_days: &'a [Date],
    /// Its daily reports.
    pub reports: &'a [SentReport],
    /// Its statements.
    pub statements: &'a [Statement],
    /// The summaries that were handed in.
    pub summaries: &'a [Summary],
}

/// One thing that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Due {
    /// R7.3b: the daily report.
    Report {
        /// Of which day.
        date: Date,
        /// By when.
        by: Timestamp,
        /// Whether that is over.
        overdue: bool,
    },
    /// R7.3d: a statement is not complete, and the student's punch is missing until it is.
    Statement {
        /// Which.
        statement: StatementId,
        /// About whom.
        student: StudentId,
        /// Who has still to sign; empty when only the explanation is missing.
        unsigned: Vec<Signer>,
    },
    /// R7.3c: the summary of a month whose last training day is over.
    Summary {
        /// Which month.
        month: Month,
    },
}

/// All that is owed at `now`, kind by kind, the oldest first.
pub fn due(facts: &DueFacts<'_>, now: Timestamp, policy: &Policy) -> Vec<Due> {
    let duties = report_duties(facts.class, facts.training_days, facts.reports, now, policy);
    let reports = duties.into_iter().filter_map(|duty| {
        let overdue = match duty.state {
            ReportState::Missing => true,
            ReportState::Open => false,
            ReportState::Sent { .. } | ReportState::Late { .. } => return None,
        };
        Some(Due::Report { date: duty.date, by: duty.by, overdue })
    });
    let mut statements: Vec<&Statement> = facts.statements.iter().filter(|one| !one.is_complete()).collect();
    statements.sort_by_key(|statement| (statement.dates.start(), statement.id));
    let statements = statements.into_iter().map(|statement| Due::Statement {
        statement: statement.id,
        student: statement.student,
        unsigned: statement.unsigned(),
    });
    reports.chain(statements).chain(months(facts, civil::date_of(now)).map(|month| Due::Summary { month })).collect()
}

/// The months of the class that are over and have no summary.
fn months(facts: &DueFacts<'_>, today: Date) -> impl Iterator<Item = Month> {
    let mut months: Vec<Month> = facts.training_days.iter().map(|&date| Month::of(date)).collect();
    months.sort_unstable();
    months.dedup();
    months.retain(|&month| {
        let mut days = facts.training_days.iter().filter(|&&date| Month::of(date) == month);
        let handed_in = facts.summaries.iter().any(|one| one.class == facts.class && one.month == month);
        days.all(|&date| date < today) && !handed_in
    });
    months.into_iter()
}
