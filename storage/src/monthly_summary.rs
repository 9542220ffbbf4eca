//! R7.3c: monthly summaries 附件6 as institutions handed them in, revision upon revision.

use duxue_rules::{
    attendance::Summary,
    calendar::Month,
    ids::{ClassId, FileId, SummaryId, UserId},
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// One revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlySummary {
    /// Its identity.
    pub id: SummaryId,
    /// 1, 2, …; the greatest counts.
    pub revision: u32,
    /// The scan with the students' signatures.
    pub file: Option<FileId>,
    /// When it came.
    pub sent_at: Timestamp,
    /// Who sent it.
    pub sent_by: Named<UserId>,
    /// What it says.
    pub summary: Summary,
}

/// A revision to add.
#[derive(Clone, Debug)]
pub struct NewMonthlySummary {
    /// Its identity.
    pub id: SummaryId,
    /// The scan with the students' signatures.
    pub file: Option<FileId>,
    /// Now.
    pub sent_at: Timestamp,
    /// Who sends it.
    pub sent_by: UserId,
    /// What it says.
    pub summary: Summary,
}

impl FromRow for MonthlySummary {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            revision: row.number("revision")?,
            file: row.opt_parsed("file_id")?,
            sent_at: row.time("sent_at")?,
            sent_by: row.named("sent_by", "sent_by_name")?,
            summary: row.json("body")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.revision, m.file_id, m.sent_at, m.sent_by, u.display_name AS sent_by_name, m.body
             FROM monthly_summaries m JOIN users u ON u.id = m.sent_by ",
            $rest
        )
    };
}

impl Tx {
    /// Adds the next revision; its number. [`Error::Lost`] when another came at the same moment. Field errors: `file_id`.
    pub async fn add_monthly_summary(&mut self, new: &NewMonthlySummary) -> Result<u32> {
        let NewMonthlySummary { id, file, sent_at, sent_by, summary } = new;
        let (class, month) = (summary.class, summary.month.to_string());
        let revision: i64 = self
            .one(
                "SELECT COALESCE(MAX(revision), 0) + 1 AS n FROM monthly_summaries WHERE class_id = $1 AND month = $2",
                args![class, month],
            )
            .await?;
        let added = self
            .insert(
                "INSERT INTO monthly_summaries (id, class_id, month, revision, file_id, sent_at, sent_by, body)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                args![id, class, month, revision, file, sent_at, sent_by, json::text(summary)],
                &[("monthly_summaries_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value())],
            )
            .await;
        match added {
            Err(Error::Database(error))
                if error.as_database_error().is_some_and(|error| error.is_unique_violation()) =>
            {
                Err(Error::Lost { what: "monthly summary" })
            }
            Err(error) => Err(error),
            Ok(()) => Ok(u32::try_from(revision).unwrap_or(u32::MAX)),
        }
    }

    /// What counts for a class's month.
    pub async fn monthly_summary(&mut self, class: ClassId, month: Month) -> Result<Option<MonthlySummary>> {
        self.optional(
            select!("WHERE m.class_id = $1 AND m.month = $2 ORDER BY m.revision DESC LIMIT 1"),
            args![class, month.to_string()],
        )
        .await
    }

    /// Every revision of every month of a class, in order.
    pub async fn monthly_summaries(&mut self, class: ClassId) -> Result<Vec<MonthlySummary>> {
        self.all(select!("WHERE m.class_id = $1 ORDER BY m.month, m.revision"), args![class]).await
    }
}
