//! R1.3: textbooks outside the national catalogue that the bureau let an institution use 特殊情况.

use duxue_rules::ids::{FileId, InstitutionId, TextbookExceptionId, UserId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// An approved exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextbookException {
    /// Its identity.
    pub id: TextbookExceptionId,
    /// For whom.
    pub institution: InstitutionId,
    /// The textbook's title.
    pub title: String,
    /// When it was approved.
    pub approved_on: Date,
    /// The approval's file.
    pub file: FileId,
    /// Who recorded it.
    pub created_by: Named<UserId>,
}

/// An exception to add.
#[derive(Clone, Debug)]
pub struct NewTextbookException {
    /// Its identity.
    pub id: TextbookExceptionId,
    /// For whom.
    pub institution: InstitutionId,
    /// The textbook's title.
    pub title: String,
    /// When it was approved.
    pub approved_on: Date,
    /// The approval's file.
    pub file: FileId,
    /// Now.
    pub created_at: Timestamp,
    /// Who records it.
    pub created_by: UserId,
}

impl FromRow for TextbookException {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            institution: row.parsed("institution_id")?,
            title: row.text("title")?,
            approved_on: row.parsed("approved_on")?,
            file: row.parsed("file_id")?,
            created_by: row.named("created_by", "created_by_name")?,
        })
    }
}

impl Tx {
    /// Adds one. Field errors: `title`, `institution_id`, `file_id`.
    pub async fn add_textbook_exception(&mut self, exception: &NewTextbookException) -> Result<()> {
        let NewTextbookException { id, institution, title, approved_on, file, created_at, created_by } = exception;
        self.insert(
            "INSERT INTO textbook_exceptions (id, institution_id, title, approved_on, file_id, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, institution, title, approved_on, file, created_at, created_by],
            &[
                (
                    "textbook_exceptions_institution_exists",
                    "SELECT id FROM institutions WHERE id = $1",
                    institution.to_value(),
                ),
                ("textbook_exceptions_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value()),
            ],
        )
        .await
    }

    /// Those of an institution, the oldest first.
    pub async fn textbook_exceptions(&mut self, institution: InstitutionId) -> Result<Vec<TextbookException>> {
        self.all(
            "SELECT e.id, e.institution_id, e.title, e.approved_on, e.file_id, e.created_by,
                    u.display_name AS created_by_name
             FROM textbook_exceptions e JOIN users u ON u.id = e.created_by
             WHERE e.institution_id = $1 ORDER BY e.id",
            args![institution],
        )
        .await
    }
}
