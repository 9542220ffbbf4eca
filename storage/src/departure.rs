//! Students who left their class before its end 中途退出.

use duxue_rules::ids::{StudentId, UserId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// A student left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Who.
    pub student: StudentId,
    /// The first day on which they were no longer in the class.
    pub left_on: Date,
    /// Why.
    pub reason: String,
    /// When that was recorded.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: Named<UserId>,
}

/// A departure to record.
#[derive(Clone, Debug)]
pub struct NewDeparture {
    /// Who.
    pub student: StudentId,
    /// The first day on which they are no longer in the class.
    pub left_on: Date,
    /// Why.
    pub reason: String,
    /// Now.
    pub recorded_at: Timestamp,
    /// Who records it.
    pub recorded_by: UserId,
}

impl FromRow for Departure {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            student: row.parsed("student_id")?,
            left_on: row.parsed("left_on")?,
            reason: row.text("reason")?,
            recorded_at: row.time("recorded_at")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
        })
    }
}

impl Tx {
    /// Records that a student left, and deletes their face templates; how many. Lost if they had left already. Field
    /// errors: `reason`.
    pub async fn add_departure(&mut self, departure: &NewDeparture) -> Result<u64> {
        let NewDeparture { student, left_on, reason, recorded_at, recorded_by } = departure;
        self.advance(
            "student",
            "INSERT INTO departures (student_id, left_on, reason, recorded_at, recorded_by)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (student_id) DO NOTHING",
            args![student, left_on, reason, recorded_at, recorded_by],
        )
        .await?;
        // R11.1: a face serves the class's attendance, and goes when its owner leaves.
        self.delete_templates(*student).await
    }

    /// When and why a student left; `None` who did not.
    pub async fn departure(&mut self, student: StudentId) -> Result<Option<Departure>> {
        self.optional(
            "SELECT d.student_id, d.left_on, d.reason, d.recorded_at, d.recorded_by, u.display_name AS recorded_by_name
             FROM departures d JOIN users u ON u.id = d.recorded_by WHERE d.student_id = $1",
            args![student],
        )
        .await
    }
}
