//! R4.1 to R4.3: verifications of students before the course and at its end.

use duxue_rules::{
    ids::{FileId, StudentId, VerificationId},
    verification as rules,
};
use duxue_storage::verification::RecordedVerification;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::UserRef,
    rule_finding::RuleFinding,
    words::{VerificationEvidence, VerificationMatter, VerificationPhase, Verifier},
};

/// One query about students of a class, to record.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVerifications {
    /// What was looked for: `business` and `other` are the institution's to verify, `employment` the centre's.
    pub matter: VerificationMatter,
    /// For which of the two times.
    pub phase: VerificationPhase,
    /// The day of the query, not after today.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// What came out for whom.
    pub students: Vec<VerifiedStudent>,
}

/// What came out for a student.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifiedStudent {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Whether something was found: a business, payments.
    pub found: bool,
    /// The paper: 核实说明 before, 截图 or 核实承诺书 at the end. The centre's comparison needs none.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// What else there is to say, at most 2000 characters.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
}

/// A recorded verification.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StudentVerification)]
pub struct Verification {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: VerificationId,
    /// Who was verified.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// What was looked for.
    pub matter: VerificationMatter,
    /// For which of the two times.
    pub phase: VerificationPhase,
    /// The day of the query.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Which side did it.
    pub by: Verifier,
    /// On what paper.
    pub evidence: VerificationEvidence,
    /// Whether something was found.
    pub found: bool,
    /// The paper.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// What else there is to say.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
}

/// A class's verifications and what is owed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verifications {
    /// What was recorded, in that order.
    pub done: Vec<Verification>,
    /// What is owed before the first day, also what was found and is not cleared.
    pub owed_before: Vec<RuleFinding>,
    /// What is owed at the end.
    pub owed_at_end: Vec<RuleFinding>,
}

impl From<RecordedVerification> for Verification {
    fn from(row: RecordedVerification) -> Self {
        let rules::Verification { student, matter, phase, on, by, evidence, found } = row.fact;
        Self {
            id: row.id,
            student_id: student,
            matter: matter.into(),
            phase: phase.into(),
            on,
            by: by.into(),
            evidence: evidence.into(),
            found,
            file_id: row.file,
            note: row.note,
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
}
