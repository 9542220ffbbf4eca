//! R4.1 to R4.3: verifications 核实 of students, and what the centre let pass.

use duxue_rules::{
    ids::{ClassId, ExceptionId, FileId, StudentId, UserId, VerificationId},
    subsidy::LetPass,
    verification::Verification,
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A verification as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedVerification {
    /// Its identity.
    pub id: VerificationId,
    /// Who was verified.
    pub student: Named<StudentId>,
    /// What was looked up and what was found.
    pub verification: Verification,
    /// The paper.
    pub file: Option<FileId>,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
}

/// A verification to record.
#[derive(Clone, Debug)]
pub struct NewVerification {
    /// Its identity.
    pub id: VerificationId,
    /// Of which class.
    pub class: ClassId,
    /// What was looked up and what was found.
    pub verification: Verification,
    /// The paper.
    pub file: Option<FileId>,
    /// Who records it.
    pub recorded_by: UserId,
    /// Now.
    pub recorded_at: Timestamp,
}

/// What the centre let pass for a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its identity.
    pub id: ExceptionId,
    /// For whom.
    pub student: Named<StudentId>,
    /// The finding, and why it is let pass.
    pub let_pass: LetPass,
    /// Who decided.
    pub decided_by: Named<UserId>,
    /// When.
    pub decided_at: Timestamp,
}

impl FromRow for RecordedVerification {
    fn from_row(row: &Row) -> Result<Self> {
        let student: Named<StudentId> = row.named("student_id", "student_name")?;
        let verification: Verification = row.json("body")?;
        if verification.student != student.id {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            student,
            verification,
            file: row.opt_parsed("file_id")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
        })
    }
}

impl FromRow for Exception {
    fn from_row(row: &Row) -> Result<Self> {
        let let_pass: LetPass = row.json("body")?;
        let finding = &let_pass.finding;
        if (finding.rule.as_str(), finding.code.as_str()) != (row.text("rule")?.as_str(), row.text("code")?.as_str()) {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            student: row.named("student_id", "student_name")?,
            let_pass,
            decided_by: row.named("decided_by", "decided_by_name")?,
            decided_at: row.time("decided_at")?,
        })
    }
}

impl Tx {
    /// Records a verification. Field errors: `student_id`, `file_id`.
    pub async fn add_verification(&mut self, new: &NewVerification) -> Result<()> {
        let NewVerification { id, class, verification, file, recorded_by, recorded_at } = new;
        let student = verification.student;
        self.insert(
            "INSERT INTO verifications (id, class_id, student_id, file_id, body, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, class, student, file, json::text(verification), recorded_by, recorded_at],
            &[
                ("verifications_student_exists", "SELECT id FROM students WHERE id = $1", student.to_value()),
                ("verifications_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value()),
            ],
        )
        .await
    }

    /// All verifications of a class, the oldest first.
    pub async fn verifications(&mut self, class: ClassId) -> Result<Vec<RecordedVerification>> {
        self.all(
            "SELECT v.id, v.student_id, s.name AS student_name, v.body, v.file_id, v.recorded_by,
                    u.display_name AS recorded_by_name, v.recorded_at
             FROM verifications v JOIN students s ON s.id = v.student_id JOIN users u ON u.id = v.recorded_by
             WHERE v.class_id = $1 ORDER BY v.id",
            args![class],
        )
        .await
    }

    /// Lets a finding about a student pass. Field error: `code` (it was let pass already).
    pub async fn add_exception(
        &mut self,
        id: ExceptionId,
        (class, student): (ClassId, StudentId),
        let_pass: &LetPass,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        let (rule, code) = (let_pass.finding.rule.as_str(), let_pass.finding.code.as_str());
        self.run(
            "INSERT INTO exceptions (id, class_id, student_id, rule, code, body, decided_by, decided_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![id, class, student, rule, code, json::text(let_pass), by, at],
        )
        .await?;
        Ok(())
    }

    /// What was let pass in a class, the oldest first.
    pub async fn exceptions(&mut self, class: ClassId) -> Result<Vec<Exception>> {
        self.all(
            "SELECT e.id, e.student_id, s.name AS student_name, e.rule, e.code, e.body, e.decided_by,
                    u.display_name AS decided_by_name, e.decided_at
             FROM exceptions e JOIN students s ON s.id = e.student_id JOIN users u ON u.id = e.decided_by
             WHERE e.class_id = $1 ORDER BY e.id",
            args![class],
        )
        .await
    }
}
