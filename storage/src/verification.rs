//! R4.1 to R4.3: what was looked up about students before the course and at its end.

use duxue_rules::{
    ids::{ClassId, FileId, UserId, VerificationId},
    verification::Verification,
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A recorded verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedVerification {
    /// Its identity.
    pub id: VerificationId,
    /// What was verified about whom.
    pub fact: Verification,
    /// What else there is to say.
    pub note: String,
    /// The note, screenshot or letter.
    pub file: Option<FileId>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: Named<UserId>,
}

/// A verification to record.
#[derive(Clone, Debug)]
pub struct NewVerification {
    /// Its identity.
    pub id: VerificationId,
    /// What was verified about whom.
    pub fact: Verification,
    /// What else there is to say.
    pub note: String,
    /// The note, screenshot or letter.
    pub file: Option<FileId>,
    /// Now.
    pub recorded_at: Timestamp,
    /// Who records it.
    pub recorded_by: UserId,
}

impl FromRow for RecordedVerification {
    fn from_row(row: &Row) -> Result<Self> {
        let fact = Verification {
            student: row.parsed("student_id")?,
            matter: row.word("matter")?,
            phase: row.word("phase")?,
            on: row.parsed("queried_on")?,
            by: row.word("verified_by")?,
            evidence: row.word("evidence")?,
            found: row.flag("found")?,
        };
        Ok(Self {
            id: row.parsed("id")?,
            fact,
            note: row.text("note")?,
            file: row.opt_parsed("file_id")?,
            recorded_at: row.time("recorded_at")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
        })
    }
}

impl Tx {
    /// Adds one. Field errors: `student_id`, `file_id`, `note`.
    pub async fn add_verification(&mut self, verification: &NewVerification) -> Result<()> {
        let NewVerification { id, fact, note, file, recorded_at, recorded_by } = verification;
        let Verification { student, matter, phase, on, by, evidence, found } = fact;
        let (matter, phase, by, evidence) =
            (json::word(matter), json::word(phase), json::word(by), json::word(evidence));
        self.insert(
            "INSERT INTO verifications (id, student_id, matter, phase, queried_on, verified_by, evidence, found, note,
                                        file_id, recorded_at, recorded_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            args![id, student, matter, phase, on, by, evidence, found, note, file, recorded_at, recorded_by],
            &[
                ("verifications_student_exists", "SELECT id FROM students WHERE id = $1", student.to_value()),
                ("verifications_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value()),
            ],
        )
        .await
    }

    /// Those of a class's students, in the order in which they were recorded.
    pub async fn verifications(&mut self, class: ClassId) -> Result<Vec<RecordedVerification>> {
        self.all(
            "SELECT v.id, v.student_id, v.matter, v.phase, v.queried_on, v.verified_by, v.evidence, v.found, v.note,
                    v.file_id, v.recorded_at, v.recorded_by, u.display_name AS recorded_by_name
             FROM verifications v
             JOIN students s ON s.id = v.student_id
             JOIN users u ON u.id = v.recorded_by
             WHERE s.class_id = $1 ORDER BY v.id",
            args![class],
        )
        .await
    }
}
