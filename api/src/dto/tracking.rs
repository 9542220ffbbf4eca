//! R11.2: the tracking ledger 就(创)业情况统计台账.

use duxue_rules::{
    ids::{FileId, StudentId, TrackingId},
    tracking as rules,
};
use duxue_storage::tracking::{TrackingEntry as Row, TrackingLedger as StoredLedger};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, UserRef},
    rule_finding::RuleFinding,
};

/// When one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrackingNode {
    /// 培训期结束当时.
    AtEnd,
    /// 培训结束后3个月.
    ThreeMonths,
    /// 培训结束后6个月.
    SixMonths,
    /// 培训结束后1年.
    OneYear,
}

/// What a student does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occupation {
    /// 就业.
    Employed,
    /// 创业.
    Business,
    /// Neither.
    None,
    /// Asked, but could not be reached.
    Unreachable,
}

/// Lines to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTrackingEntries {
    /// At most 500.
    pub entries: Vec<NewTrackingEntry>,
}

/// A line to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTrackingEntry {
    /// Who was looked up.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// For which node.
    pub node: TrackingNode,
    /// The civil day on which it was looked up.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// What was found.
    pub occupation: Occupation,
    /// Employer, business, or how it was tried; at most 2000 characters.
    #[serde(default)]
    pub note: String,
}

/// The ledger to hand in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTrackingLedger {
    /// The signed ledger: a file of the institution.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
}

/// How the tracking of a class's students stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tracking {
    /// The four nodes, in order.
    pub nodes: Vec<TrackedNode>,
    /// Every line, the oldest first; the latest of a student and node counts.
    pub entries: Vec<TrackingEntry>,
    /// The ledger, once it was handed in.
    pub ledger: Option<TrackingLedger>,
    /// What is overdue.
    pub findings: Vec<RuleFinding>,
}

/// One node's work and what came out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackedNode {
    /// Which.
    pub node: TrackingNode,
    /// From when on one looks.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Until when, inside.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// The students without a line that counts.
    #[schema(value_type = Vec<Uuid>)]
    pub missing: Vec<StudentId>,
    /// How many of those looked up work.
    pub working: u32,
    /// How many were looked up.
    pub looked_up: u32,
}

/// A line of the ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackingEntry {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: TrackingId,
    /// Who was looked up.
    pub student: StudentRef,
    /// For which node.
    pub node: TrackingNode,
    /// The civil day on which it was looked up.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// What was found.
    pub occupation: Occupation,
    /// Employer, business, or how it was tried.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

/// The ledger as it was handed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackingLedger {
    /// Its file.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
    /// The civil day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Who handed it in.
    pub by: UserRef,
}

impl From<TrackingNode> for rules::Node {
    fn from(node: TrackingNode) -> Self {
        match node {
            TrackingNode::AtEnd => Self::AtEnd,
            TrackingNode::ThreeMonths => Self::ThreeMonths,
            TrackingNode::SixMonths => Self::SixMonths,
            TrackingNode::OneYear => Self::OneYear,
        }
    }
}

impl From<rules::Node> for TrackingNode {
    fn from(node: rules::Node) -> Self {
        match node {
            rules::Node::AtEnd => Self::AtEnd,
            rules::Node::ThreeMonths => Self::ThreeMonths,
            rules::Node::SixMonths => Self::SixMonths,
            rules::Node::OneYear => Self::OneYear,
        }
    }
}

impl From<Occupation> for rules::Occupation {
    fn from(occupation: Occupation) -> Self {
        match occupation {
            Occupation::Employed => Self::Employed,
            Occupation::Business => Self::Business,
            Occupation::None => Self::None,
            Occupation::Unreachable => Self::Unreachable,
        }
    }
}

impl From<rules::Occupation> for Occupation {
    fn from(occupation: rules::Occupation) -> Self {
        match occupation {
            rules::Occupation::Employed => Self::Employed,
            rules::Occupation::Business => Self::Business,
            rules::Occupation::None => Self::None,
            rules::Occupation::Unreachable => Self::Unreachable,
        }
    }
}

impl NewTrackingEntry {
    pub(crate) fn facts(&self) -> rules::Entry {
        let &Self { student_id: student, node, on, occupation, .. } = self;
        rules::Entry { student, node: node.into(), on, occupation: occupation.into() }
    }
}

impl TrackedNode {
    pub(crate) fn of(due: rules::Due, entries: &[rules::Entry]) -> Self {
        let rules::Due { node, from, until, missing } = due;
        let (working, looked_up) = rules::effect(node, entries);
        Self { node: node.into(), from, until, missing, working, looked_up }
    }
}

impl From<Row> for TrackingEntry {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            student: row.student.into(),
            node: row.entry.node.into(),
            on: row.entry.on,
            occupation: row.entry.occupation.into(),
            note: row.note,
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
}

impl From<StoredLedger> for TrackingLedger {
    fn from(ledger: StoredLedger) -> Self {
        Self { file_id: ledger.file, on: ledger.on, by: ledger.by.into() }
    }
}
