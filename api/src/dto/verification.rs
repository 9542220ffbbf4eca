//! R4.1 to R4.3: verifications 核实 at the end of a course, and what the centre let pass.

use duxue_rules::{
    ids::{ExceptionId, FileId, StudentId, VerificationId},
    verification as rules,
};
use duxue_storage::verification::{Exception as StoredException, RecordedVerification};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, UserRef},
    rule_finding::RuleFinding,
};

/// What an institution looks up itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionMatter {
    /// R4.1 创业: a registered business, with a screenshot 截图.
    Business,
    /// R4.3 其他: pensions of other provinces or of public institutions, with a commitment letter 核实承诺书.
    Other,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerificationMatter {
    /// R4.1 创业.
    Business,
    /// R4.2 就业.
    Employment,
    /// R4.3 其他.
    Other,
}

/// Verifications of an institution to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVerifications {
    /// Screenshot or commitment letter: a file of the institution.
    #[schema(value_type = Uuid)]
    pub file_id: FileId,
    /// What was looked for.
    pub matter: InstitutionMatter,
    /// A line a student, at most 500.
    pub lines: Vec<VerificationLine>,
}

/// The centre's comparison of pension payments to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComparison {
    /// A line a student, at most 500.
    pub lines: Vec<VerificationLine>,
}

/// What was found of one student.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerificationLine {
    /// Who was looked up.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// The civil day of the query: the class's last day or later.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Whether something was found: a business, payments.
    pub found: bool,
}

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

/// R4: how the verification of a class's students stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verifications {
    /// Every look-up, the oldest first; the latest that serves counts.
    pub verifications: Vec<Verification>,
    /// What is missing or was found; each keeps a student's subsidy back unless it was let pass.
    pub findings: Vec<RuleFinding>,
    /// What the centre let pass.
    pub exceptions: Vec<Exception>,
}

/// A look-up.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verification {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: VerificationId,
    /// Who was looked up.
    pub student: StudentRef,
    /// What was looked for.
    pub matter: VerificationMatter,
    /// The civil day of the query.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Whether something was found.
    pub found: bool,
    /// The paper.
    #[schema(value_type = Option<Uuid>)]
    pub file_id: Option<FileId>,
    /// Who recorded it.
    pub recorded_by: UserRef,
    /// When.
    pub recorded_at: Timestamp,
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

impl From<InstitutionMatter> for rules::Matter {
    fn from(matter: InstitutionMatter) -> Self {
        match matter {
            InstitutionMatter::Business => Self::Business,
            InstitutionMatter::Other => Self::Other,
        }
    }
}

impl VerificationLine {
    /// The verification at the end, by whom and on what paper the rules want it.
    pub(crate) fn facts(&self, matter: rules::Matter) -> rules::Verification {
        let (by, evidence) = matter.required(rules::Phase::AtEnd);
        let &Self { student_id: student, on, found } = self;
        rules::Verification { student, matter, phase: rules::Phase::AtEnd, on, by, evidence, found }
    }
}

impl From<RecordedVerification> for Verification {
    fn from(row: RecordedVerification) -> Self {
        Self {
            id: row.id,
            student: row.student.into(),
            matter: match row.verification.matter {
                rules::Matter::Business => VerificationMatter::Business,
                rules::Matter::Employment => VerificationMatter::Employment,
                rules::Matter::Other => VerificationMatter::Other,
            },
            on: row.verification.on,
            found: row.verification.found,
            file_id: row.file,
            recorded_by: row.recorded_by.into(),
            recorded_at: row.recorded_at,
        }
    }
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
