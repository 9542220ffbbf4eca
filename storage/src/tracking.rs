//! R11.2: the tracking ledger 就(创)业情况统计台账.

use duxue_rules::{
    ids::{ClassId, FileId, StudentId, TrackingId, UserId},
    tracking::Entry,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingEntry {
    /// Its identity.
    pub id: TrackingId,
    /// Who was looked up.
    pub student: Named<StudentId>,
    /// What was found.
    pub entry: Entry,
    /// Employer, business, or how it was tried.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
}

/// A line to record.
#[derive(Clone, Debug)]
pub struct NewTrackingEntry {
    /// Its identity.
    pub id: TrackingId,
    /// Of which class.
    pub class: ClassId,
    /// What was found.
    pub entry: Entry,
    /// Employer, business, or how it was tried.
    pub note: String,
    /// Who records it.
    pub recorded_by: UserId,
    /// Now.
    pub recorded_at: Timestamp,
}

/// The ledger as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingLedger {
    /// Its file.
    pub file: FileId,
    /// The civil day.
    pub on: Date,
    /// Who handed it in.
    pub by: Named<UserId>,
    /// When.
    pub at: Timestamp,
}

impl FromRow for TrackingEntry {
    fn from_row(row: &Row) -> Result<Self> {
        let student: Named<StudentId> = row.named("student_id", "student_name")?;
        let entry: Entry = row.json("body")?;
        if entry.student != student.id {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            student,
            entry,
            note: row.text("note")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
        })
    }
}

impl FromRow for TrackingLedger {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            file: row.parsed("file_id")?,
            on: row.parsed("handed_in_on")?,
            by: row.named("handed_in_by", "handed_in_by_name")?,
            at: row.time("handed_in_at")?,
        })
    }
}

impl Tx {
    /// Records a line. Field errors: `student_id`, `note`.
    pub async fn add_tracking_entry(&mut self, new: &NewTrackingEntry) -> Result<()> {
        let NewTrackingEntry { id, class, entry, note, recorded_by, recorded_at } = new;
        self.insert(
            "INSERT INTO tracking_entries (id, class_id, student_id, body, note, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, class, entry.student, json::text(entry), note, recorded_by, recorded_at],
            &[("tracking_entries_student_exists", "SELECT id FROM students WHERE id = $1", entry.student.to_value())],
        )
        .await
    }

    /// All lines of a class, the oldest first.
    pub async fn tracking_entries(&mut self, class: ClassId) -> Result<Vec<TrackingEntry>> {
        self.all(
            "SELECT t.id, t.student_id, s.name AS student_name, t.body, t.note, t.recorded_by,
                    u.display_name AS recorded_by_name, t.recorded_at
             FROM tracking_entries t JOIN students s ON s.id = t.student_id JOIN users u ON u.id = t.recorded_by
             WHERE t.class_id = $1 ORDER BY t.id",
            args![class],
        )
        .await
    }

    /// Takes in the ledger of a class. Lost if it was handed in already. Field error: `file_id`.
    pub async fn add_tracking_ledger(
        &mut self,
        class: ClassId,
        file: FileId,
        on: Date,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        if self.tracking_ledger(class).await?.is_some() {
            return Err(Error::Lost { what: "tracking ledger" });
        }
        self.insert(
            "INSERT INTO tracking_ledgers (class_id, file_id, handed_in_on, handed_in_by, handed_in_at)
             VALUES ($1, $2, $3, $4, $5)",
            args![class, file, on, by, at],
            &[("tracking_ledgers_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value())],
        )
        .await
    }

    /// The ledger of a class, once it was handed in.
    pub async fn tracking_ledger(&mut self, class: ClassId) -> Result<Option<TrackingLedger>> {
        self.optional(
            "SELECT l.class_id, l.file_id, l.handed_in_on, l.handed_in_by, u.display_name AS handed_in_by_name,
                    l.handed_in_at
             FROM tracking_ledgers l JOIN users u ON u.id = l.handed_in_by WHERE l.class_id = $1",
            args![class],
        )
        .await
    }
}
