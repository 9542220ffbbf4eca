//! Written statements 书面说明 in place of punches (R7.3d).

use std::collections::{BTreeSet, HashMap};

use duxue_rules::{
    attendance,
    ids::{ClassId, FileId, StatementId, StudentId},
};
use duxue_storage::{signature, statement};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{StudentRef, Text, UserRef},
    words::{Side, Signer, StatementCause},
};
use crate::sign::Signature;

/// A statement to write.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStatement {
    /// About whom: each student signs an own one.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// The first day without a punch.
    #[schema(value_type = String, format = Date)]
    pub first_on: Date,
    /// The last one, inside.
    #[schema(value_type = String, format = Date)]
    pub last_on: Date,
    /// In place of which punches; at least one.
    pub sides: Vec<Side>,
    /// What kept the student from punching.
    pub cause: StatementCause,
    /// What happened, 1 to 2000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// Scans of the paper, each from `POST /files`. One scan may show both.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementScans {
    /// The one with the institution's seal.
    #[schema(value_type = Option<Uuid>)]
    pub seal_file_id: Option<FileId>,
    /// The one with the student's own signature.
    #[schema(value_type = Option<Uuid>)]
    pub student_file_id: Option<FileId>,
}

/// A statement, and what has come to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Statement {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: StatementId,
    /// The student's class.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
    /// About whom.
    pub student: StudentRef,
    /// The first day without a punch.
    #[schema(value_type = String, format = Date)]
    pub first_on: Date,
    /// The last one, inside.
    #[schema(value_type = String, format = Date)]
    pub last_on: Date,
    /// In place of which punches.
    pub sides: Vec<Side>,
    /// What kept the student from punching.
    pub cause: StatementCause,
    /// What happened.
    pub text: String,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: UserRef,
    /// When the institution's manager signed.
    pub manager_signed_at: Option<Timestamp>,
    /// When the scan with the seal came.
    pub sealed_at: Option<Timestamp>,
    /// The scan with the seal.
    #[schema(value_type = Option<Uuid>)]
    pub seal_file_id: Option<FileId>,
    /// When the scan with the student's own signature came.
    pub student_signed_at: Option<Timestamp>,
    /// The scan with the student's own signature.
    #[schema(value_type = Option<Uuid>)]
    pub student_file_id: Option<FileId>,
    /// What is still missing, in the order of the notice. Until it is none, the punch is missing.
    pub missing: Vec<Signer>,
    /// The same for people; null when nothing is.
    pub lacks: Option<Text>,
    /// The manager's signature, bound to what the statement says.
    pub signatures: Vec<Signature>,
}

/// What a statement says, which never changes: what the manager's signature is bound to.
#[derive(Clone, Debug, Serialize)]
pub struct StatementContent<'a> {
    id: StatementId,
    class: ClassId,
    student: StudentId,
    dates: duxue_rules::calendar::Dates,
    sides: &'a BTreeSet<attendance::Side>,
    cause: attendance::StatementCause,
    text: &'a str,
}

impl<'a> StatementContent<'a> {
    /// That of a stored statement.
    pub fn of(row: &'a statement::Statement) -> Self {
        let attendance::Statement { id, student, dates, sides, cause, text, .. } = &row.statement;
        Self { id: *id, class: row.class, student: *student, dates: *dates, sides, cause: *cause, text }
    }
}

impl Statement {
    /// A stored statement beside its signatures and the names of the class's students.
    pub fn of(
        row: statement::Statement,
        signatures: Vec<signature::Signature>,
        names: &HashMap<StudentId, String>,
    ) -> Self {
        let content = StatementContent::of(&row);
        let signatures: Vec<Signature> = signatures.into_iter().map(|one| Signature::of(one, &content)).collect();
        let mut said = row.statement.clone();
        // A signature that is not under what is said here is none.
        if !signatures.iter().any(|signature| signature.holds) {
            said.manager_signed_at = None;
        }
        Self {
            id: said.id,
            class_id: row.class,
            student: StudentRef {
                student_id: said.student,
                name: names.get(&said.student).cloned().unwrap_or_default(),
            },
            first_on: said.dates.start(),
            // A stored statement has at least one day.
            last_on: said.dates.last().unwrap_or(said.dates.start()),
            sides: said.sides.iter().map(|&side| side.into()).collect(),
            cause: said.cause.into(),
            recorded_at: row.recorded_at,
            manager_signed_at: said.manager_signed_at,
            sealed_at: said.sealed_at,
            seal_file_id: row.seal,
            student_signed_at: said.student_signed_at,
            student_file_id: row.student_signature,
            missing: said.unsigned().into_iter().map(Into::into).collect(),
            lacks: said.lacks().map(Into::into),
            signatures,
            text: said.text,
            recorded_by: row.recorded_by.into(),
        }
    }
}
