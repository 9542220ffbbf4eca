//! R11.2: what becomes of each student in the year after the course.

pub mod forms;
pub mod hand_in;
pub mod record;
pub mod show;

use duxue_rules::{
    civil,
    ids::StudentId,
    policy::Policy,
    tracking::{Due, Entry, check, due},
};
use duxue_storage::{
    Tx,
    class::Class,
    tracking::{TrackingEntry as Row, TrackingLedger as StoredLedger},
};
use jiff::Timestamp;

use crate::{
    dto::tracking::{TrackedNode, Tracking},
    load,
    problem::Failure,
};

/// The word under which the log has what was recorded of a class.
pub(super) const SUBJECT: &str = "tracking";

/// A class's ledger as it is kept.
struct Ledger {
    students: Vec<StudentId>,
    rows: Vec<Row>,
    handed_in: Option<StoredLedger>,
}

impl Ledger {
    async fn of(tx: &mut Tx, class: &Class) -> Result<Self, Failure> {
        Ok(Self {
            students: load::students(tx, class.id).await?.into_iter().map(|student| student.id).collect(),
            rows: tx.tracking_entries(class.id).await?,
            handed_in: tx.tracking_ledger(class.id).await?,
        })
    }

    fn entries(&self) -> Vec<Entry> {
        self.rows.iter().map(|row| row.entry).collect()
    }

    fn due(&self, class: &Class, policy: &Policy) -> Result<Vec<Due>, Failure> {
        due(&self.students, class.ends_on, &self.entries(), policy).ok_or(Failure::Internal)
    }
}

/// How the tracking of a class's students stands.
pub(super) async fn standing(tx: &mut Tx, class: &Class, now: Timestamp, policy: &Policy) -> Result<Tracking, Failure> {
    let ledger = Ledger::of(tx, class).await?;
    let (entries, today) = (ledger.entries(), civil::date_of(now));
    let handed_in = ledger.handed_in.as_ref().map(|ledger| ledger.on);
    let findings = check(&ledger.students, class.ends_on, &entries, handed_in, today, policy);
    let nodes = ledger.due(class, policy)?.into_iter().map(|due| TrackedNode::of(due, &entries));
    Ok(Tracking {
        nodes: nodes.collect(),
        findings: findings.ok_or(Failure::Internal)?.into_iter().map(Into::into).collect(),
        entries: ledger.rows.into_iter().map(Into::into).collect(),
        ledger: ledger.handed_in.map(Into::into),
    })
}
