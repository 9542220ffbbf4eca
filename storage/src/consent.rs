//! The ledger of separate consent to face recognition 单独同意: given, taken back, never changed.

use duxue_rules::ids::{FileId, StudentId, UserId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A line of a student's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Its place: 1, 2, 3, …
    pub seq: i64,
    /// Whether it was given; otherwise taken back.
    pub given: bool,
    /// The day on the paper; `None`: that of the record.
    pub dated: Option<Date>,
    /// The signed paper.
    pub file: Option<FileId>,
    /// When it was recorded; from then on it counts.
    pub recorded_at: Timestamp,
    /// By whom; `None`: together with the student.
    pub recorded_by: Option<Named<UserId>>,
}

/// A line to add.
#[derive(Clone, Debug)]
pub struct NewConsent {
    /// Whose.
    pub student: StudentId,
    /// Whether it is given; otherwise taken back.
    pub given: bool,
    /// The day on the paper.
    pub dated: Option<Date>,
    /// The signed paper.
    pub file: Option<FileId>,
    /// Now.
    pub recorded_at: Timestamp,
    /// Who records it; `None`: together with the student.
    pub recorded_by: Option<UserId>,
}

impl FromRow for Consent {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            seq: row.int("seq")?,
            given: row.flag("given")?,
            dated: row.opt_parsed("dated")?,
            file: row.opt_parsed("file_id")?,
            recorded_at: row.time("recorded_at")?,
            recorded_by: row.opt_named("recorded_by", "recorded_by_name")?,
        })
    }
}

impl Tx {
    /// Records that a student agreed to face recognition or took it back; then their templates are deleted: how many.
    /// Lost if that is how it stood already. Field errors: `file_id`.
    pub async fn add_consent(&mut self, consent: &NewConsent) -> Result<u64> {
        let NewConsent { student, given, recorded_at, .. } = consent;
        // Also the lock under which the line gets its place, and no template is added between here and the commit.
        let sql = if *given {
            "UPDATE students SET face_consent_at = $2 WHERE id = $1 AND face_consent_at IS NULL"
        } else {
            "UPDATE students SET face_consent_at = NULL WHERE id = $1 AND face_consent_at IS NOT NULL AND $2 IS NOT NULL"
        };
        self.advance("student's consent", sql, args![student, recorded_at]).await?;
        self.note_consent(consent).await?;
        if *given { Ok(0) } else { self.delete_templates(*student).await }
    }

    /// Adds the line alone.
    pub(crate) async fn note_consent(&mut self, consent: &NewConsent) -> Result<()> {
        let NewConsent { student, given, dated, file, recorded_at, recorded_by } = consent;
        self.insert(
            "INSERT INTO consents (student_id, seq, given, dated, file_id, recorded_at, recorded_by)
             SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5, $6 FROM consents WHERE student_id = $1",
            args![student, given, dated, file, recorded_at, recorded_by],
            &[("consents_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value())],
        )
        .await
    }

    /// A student's ledger, the oldest line first.
    pub async fn consents(&mut self, student: StudentId) -> Result<Vec<Consent>> {
        self.all(
            "SELECT c.seq, c.given, c.dated, c.file_id, c.recorded_at, c.recorded_by, u.display_name AS recorded_by_name
             FROM consents c LEFT JOIN users u ON u.id = c.recorded_by
             WHERE c.student_id = $1 ORDER BY c.seq",
            args![student],
        )
        .await
    }
}
