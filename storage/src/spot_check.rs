//! R4.4: spot checks 抽查 of a class's students, each draw kept for ever with its seed, and what came out.

use duxue_rules::{
    ids::{ClassId, SpotCheckId, StudentId, UserId},
    verification::{SpotCheck, SpotCheckResult},
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A draw that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSpotCheck {
    /// Its identity.
    pub id: SpotCheckId,
    /// The how manieth of its class, 1 for the first.
    pub number: u32,
    /// The draw.
    pub check: SpotCheck,
    /// The version of the policy that said how many.
    pub policy_version: i64,
    /// Who drew.
    pub drawn_by: Named<UserId>,
    /// When.
    pub drawn_at: Timestamp,
}

/// A draw to record.
#[derive(Clone, Debug)]
pub struct NewSpotCheck {
    /// Its identity.
    pub id: SpotCheckId,
    /// Of which class.
    pub class: ClassId,
    /// The how manieth of its class.
    pub number: u32,
    /// The draw.
    pub check: SpotCheck,
    /// The version of the policy that said how many.
    pub policy_version: i64,
    /// Who draws.
    pub drawn_by: UserId,
    /// Now.
    pub drawn_at: Timestamp,
}

/// What the centre's own query of a student said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedResult {
    /// Whose.
    pub student: Named<StudentId>,
    /// Whether it says what the institution's says.
    pub agrees: bool,
    /// What else there is to say.
    pub note: String,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
}

impl RecordedResult {
    /// As the rules want it.
    pub fn facts(&self) -> SpotCheckResult {
        SpotCheckResult { student: self.student.id, agrees: self.agrees }
    }
}

impl FromRow for RecordedSpotCheck {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            number: row.number("number")?,
            check: row.json("body")?,
            policy_version: row.int("policy_version")?,
            drawn_by: row.named("drawn_by", "drawn_by_name")?,
            drawn_at: row.time("drawn_at")?,
        })
    }
}

impl FromRow for RecordedResult {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            student: row.named("student_id", "student_name")?,
            agrees: row.flag("agrees")?,
            note: row.text("note")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
        })
    }
}

impl Tx {
    /// Records a draw. Lost if somebody else drew under that number of the class.
    pub async fn add_spot_check(&mut self, new: &NewSpotCheck) -> Result<()> {
        let NewSpotCheck { id, class, number, check, policy_version, drawn_by, drawn_at } = new;
        let added = self
            .run(
                "INSERT INTO spot_checks
                    (id, class_id, number, again, seed, body, policy_version, drawn_by, drawn_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (class_id, number) DO NOTHING",
                args![
                    id,
                    class,
                    number,
                    check.again_because.is_some(),
                    hex::encode(check.draw.seed.0),
                    json::text(check),
                    policy_version,
                    drawn_by,
                    drawn_at,
                ],
            )
            .await?;
        if added == 0 { Err(Error::Lost { what: "draw" }) } else { Ok(()) }
    }

    /// All draws of a class, the first one first.
    pub async fn spot_checks(&mut self, class: ClassId) -> Result<Vec<RecordedSpotCheck>> {
        self.all(
            "SELECT s.id, s.number, s.body, s.policy_version, s.drawn_by, u.display_name AS drawn_by_name, s.drawn_at
             FROM spot_checks s JOIN users u ON u.id = s.drawn_by WHERE s.class_id = $1 ORDER BY s.number",
            args![class],
        )
        .await
    }

    /// Records what came out for a student. Field errors: `student_id` (there is a result already), `note`.
    pub async fn add_spot_check_result(
        &mut self,
        class: ClassId,
        result: SpotCheckResult,
        note: &str,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        self.run(
            "INSERT INTO spot_check_results (class_id, student_id, agrees, note, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![class, result.student, result.agrees, note, by, at],
        )
        .await?;
        Ok(())
    }

    /// What came out for a class's students.
    pub async fn spot_check_results(&mut self, class: ClassId) -> Result<Vec<RecordedResult>> {
        self.all(
            "SELECT r.student_id, s.name AS student_name, r.agrees, r.note, r.recorded_by,
                    u.display_name AS recorded_by_name, r.recorded_at
             FROM spot_check_results r
             JOIN students s ON s.id = r.student_id
             JOIN users u ON u.id = r.recorded_by
             WHERE r.class_id = $1 ORDER BY r.recorded_at, r.student_id",
            args![class],
        )
        .await
    }
}
