//! R9.4: what the centre let pass for students.

use duxue_rules::ids::ExceptionId;
use duxue_storage::exception::Exception as StoredException;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, UserRef},
    rule_finding::RuleFinding,
};

/// A finding about a student to let pass.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewException {
    /// The finding's rule.
    #[schema(example = "R4.1")]
    pub rule: String,
    /// The finding's word.
    #[schema(example = "verification_found")]
    pub code: String,
    /// Why, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What verification at the end and attendance hold against a class's students.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Exceptions {
    /// What is missing or was found; each keeps a student's subsidy back.
    pub findings: Vec<RuleFinding>,
    /// What the centre let pass of it.
    pub exceptions: Vec<Exception>,
}

/// What the centre let pass for a student.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Exception {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: ExceptionId,
    /// For whom.
    pub student: StudentRef,
    /// The finding.
    pub finding: RuleFinding,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: UserRef,
    /// When.
    pub decided_at: Timestamp,
}

impl From<StoredException> for Exception {
    fn from(row: StoredException) -> Self {
        Self {
            id: row.id,
            student: row.student.into(),
            finding: row.let_pass.finding.into(),
            reason: row.let_pass.reason,
            decided_by: row.decided_by.into(),
            decided_at: row.decided_at,
        }
    }
}
