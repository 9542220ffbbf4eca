//! R7.3e: sick and personal leave 请假. A leave is never changed; one that was a mistake is cancelled and stays.

use duxue_rules::{
    attendance::{self, LeaveKind},
    calendar::Dates,
    ids::{ClassId, InstitutionId, LeaveId, StudentId, UserId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Its identity.
    pub id: LeaveId,
    /// The student's class.
    pub class: ClassId,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// Who granted it.
    pub granted_by: Named<UserId>,
    /// Who cancelled it when, and why.
    pub cancelled: Option<Cancelled>,
    /// As the rules take it.
    pub leave: attendance::Leave,
}

/// That a leave no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Named<UserId>,
    /// Why: it was a mistake, or the student came.
    pub because: String,
}

/// A leave to record.
#[derive(Clone, Debug)]
pub struct NewLeave {
    /// Its identity.
    pub id: LeaveId,
    /// The student's class.
    pub class: ClassId,
    /// Who.
    pub student: StudentId,
    /// Sick or personal.
    pub kind: LeaveKind,
    /// The first day.
    pub first_on: Date,
    /// The last day, inside.
    pub last_on: Date,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: UserId,
    /// Now.
    pub recorded_at: Timestamp,
}

impl FromRow for Leave {
    fn from_row(row: &Row) -> Result<Self> {
        let (first, last) = (row.parsed("first_on")?, row.parsed("last_on")?);
        let granted_by: Named<UserId> = row.named("granted_by", "granted_by_name")?;
        let cancelled_by = row.opt_named("cancelled_by", "cancelled_by_name")?;
        let cancelled = match (row.opt_time("cancelled_at")?, cancelled_by, row.opt_text("cancelled_because")?) {
            (Some(at), Some(by), Some(because)) => Some(Cancelled { at, by, because }),
            (None, None, None) => None,
            _ => return Err(row.impossible("cancelled_at")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            class: row.parsed("class_id")?,
            institution: row.parsed("institution_id")?,
            cancelled,
            leave: attendance::Leave {
                student: row.parsed("student_id")?,
                kind: row.word("kind")?,
                dates: Dates::through(first, last).map_err(|_| row.impossible("last_on"))?,
                reason: row.text("reason")?,
                granted_by: granted_by.id,
                recorded_at: row.time("recorded_at")?,
            },
            granted_by,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.class_id, c.institution_id, l.student_id, l.kind, l.first_on, l.last_on, l.reason,
                    l.granted_by, u.display_name AS granted_by_name, l.recorded_at, l.cancelled_at,
                    l.cancelled_by, k.display_name AS cancelled_by_name, l.cancelled_because
             FROM leaves l
             JOIN classes c ON c.id = l.class_id
             JOIN users u ON u.id = l.granted_by
             LEFT JOIN users k ON k.id = l.cancelled_by ",
            $rest
        )
    };
}

impl Tx {
    /// Records one. Field errors: `reason`, `last_on`, `student_id`.
    pub async fn add_leave(&mut self, leave: &NewLeave) -> Result<()> {
        let NewLeave { id, class, student, kind, first_on, last_on, reason, granted_by, recorded_at } = leave;
        self.insert(
            "INSERT INTO leaves
                (id, class_id, student_id, kind, first_on, last_on, reason, granted_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![id, class, student, json::word(kind), first_on, last_on, reason, granted_by, recorded_at],
            &[("leaves_student_exists", "SELECT id FROM students WHERE id = $1", student.to_value())],
        )
        .await
    }

    /// The one of that identity, cancelled or not.
    pub async fn leave(&mut self, id: LeaveId) -> Result<Option<Leave>> {
        self.optional(select!("WHERE l.id = $1"), args![id]).await
    }

    /// A class's leaves, cancelled ones too, in the order in which they were recorded.
    pub async fn leaves(&mut self, class: ClassId) -> Result<Vec<Leave>> {
        self.all(select!("WHERE l.class_id = $1 ORDER BY l.id"), args![class]).await
    }

    /// Cancels one that holds. [`crate::Error::Lost`] when it no longer does. Field error: `reason`.
    pub async fn cancel_leave(&mut self, id: LeaveId, at: Timestamp, by: UserId, because: &str) -> Result<()> {
        self.advance(
            "leave",
            "UPDATE leaves SET cancelled_at = $2, cancelled_by = $3, cancelled_because = $4
             WHERE id = $1 AND cancelled_at IS NULL",
            args![id, at, by, because],
        )
        .await
    }
}
