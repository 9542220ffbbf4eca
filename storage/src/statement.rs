//! R7.3d: written statements 书面说明, and what has come to each: signature, seal, the student's own signature.

use duxue_rules::{
    attendance,
    ids::{ClassId, FileId, InstitutionId, StatementId, UserId},
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The student's class.
    pub class: ClassId,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who entered it.
    pub recorded_by: Named<UserId>,
    /// The scan with the institution's seal.
    pub seal: Option<FileId>,
    /// The scan with the student's own signature.
    pub student_signature: Option<FileId>,
    /// Grows by one with every signature that comes to it.
    pub revision: u32,
    /// As the rules take it.
    pub statement: attendance::Statement,
}

/// A statement to keep.
#[derive(Clone, Debug)]
pub struct NewStatement {
    /// The student's class.
    pub class: ClassId,
    /// Now.
    pub recorded_at: Timestamp,
    /// Who enters it.
    pub recorded_by: UserId,
    /// The scan with the institution's seal.
    pub seal: Option<FileId>,
    /// The scan with the student's own signature.
    pub student_signature: Option<FileId>,
    /// As the rules take it.
    pub statement: attendance::Statement,
}

impl FromRow for Statement {
    fn from_row(row: &Row) -> Result<Self> {
        let statement: attendance::Statement = row.json("body")?;
        let (seal, student_signature): (Option<FileId>, Option<FileId>) =
            (row.opt_parsed("seal_file_id")?, row.opt_parsed("student_file_id")?);
        // A seal or a signature that no scan shows is none.
        if statement.sealed_at.is_some() != seal.is_some() {
            return Err(row.impossible("seal_file_id"));
        }
        if statement.student_signed_at.is_some() != student_signature.is_some() {
            return Err(row.impossible("student_file_id"));
        }
        Ok(Self {
            class: row.parsed("class_id")?,
            institution: row.parsed("institution_id")?,
            recorded_at: row.time("recorded_at")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            seal,
            student_signature,
            revision: row.number("revision")?,
            statement,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.class_id, c.institution_id, s.recorded_at, s.recorded_by, u.display_name AS recorded_by_name,
                    s.seal_file_id, s.student_file_id, s.revision, s.body
             FROM statements s
             JOIN classes c ON c.id = s.class_id
             JOIN users u ON u.id = s.recorded_by ",
            $rest
        )
    };
}

impl Tx {
    /// Keeps one. Field errors: `student_id`, `seal_file_id`, `student_file_id`.
    pub async fn add_statement(&mut self, new: &NewStatement) -> Result<()> {
        let NewStatement { class, recorded_at, recorded_by, seal, student_signature, statement } = new;
        self.insert(
            "INSERT INTO statements
                (id, class_id, student_id, recorded_at, recorded_by, seal_file_id, student_file_id, revision, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)",
            args![
                statement.id,
                class,
                statement.student,
                recorded_at,
                recorded_by,
                seal,
                student_signature,
                json::text(statement)
            ],
            &[
                ("statements_student_exists", "SELECT id FROM students WHERE id = $1", statement.student.to_value()),
                ("statements_seal_exists", "SELECT id FROM files WHERE id = $1", seal.to_value()),
                ("statements_student_file_exists", "SELECT id FROM files WHERE id = $1", student_signature.to_value()),
            ],
        )
        .await
    }

    /// The one of that identity.
    pub async fn statement(&mut self, id: StatementId) -> Result<Option<Statement>> {
        self.optional(select!("WHERE s.id = $1"), args![id]).await
    }

    /// A class's statements, in the order in which they were entered.
    pub async fn statements(&mut self, class: ClassId) -> Result<Vec<Statement>> {
        self.all(select!("WHERE s.class_id = $1 ORDER BY s.id"), args![class]).await
    }

    /// Keeps what has come to a statement since `from` was read.
    pub async fn complete_statement(&mut self, from: &Statement, to: &Statement) -> Result<()> {
        let Statement { seal, student_signature, statement, .. } = to;
        self.advance(
            "statement",
            "UPDATE statements SET seal_file_id = $3, student_file_id = $4, body = $5, revision = revision + 1
             WHERE id = $1 AND revision = $2",
            args![statement.id, from.revision, seal, student_signature, json::text(statement)],
        )
        .await
    }
}
