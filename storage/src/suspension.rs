//! R7.5: suspensions 停课整改, one a violation, each state with the ones before it.

use duxue_rules::{
    ids::{InstitutionId, ViolationId},
    violation::Suspension,
};
use jiff::Timestamp;

use crate::{
    Error, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// The word of where a suspension stands.
fn state(suspension: &Suspension) -> &'static str {
    match suspension {
        Suspension::Reported(_) => "reported",
        Suspension::InForce(_) => "in_force",
        Suspension::Lifted(_) => "lifted",
    }
}

impl FromRow for Suspension {
    fn from_row(row: &Row) -> Result<Self> {
        let suspension: Self = row.json("body")?;
        if row.text("state")? != state(&suspension) {
            return Err(row.impossible("state"));
        }
        let whose = (row.parsed("violation_id")?, row.parsed("institution_id")?);
        if whose != (suspension.reported().violation(), suspension.institution()) {
            return Err(row.impossible("body"));
        }
        Ok(suspension)
    }
}

impl Tx {
    /// Records a report to the bureau, which the ladder of that policy asks for. Lost if there is one for that violation.
    pub async fn add_suspension(&mut self, suspension: &Suspension, policy_version: i64, at: Timestamp) -> Result<()> {
        let added = self
            .run(
                "INSERT INTO suspensions (violation_id, institution_id, state, body, policy_version, updated_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (violation_id) DO NOTHING",
                args![
                    suspension.reported().violation(),
                    suspension.institution(),
                    state(suspension),
                    json::text(suspension),
                    policy_version,
                    at,
                ],
            )
            .await?;
        if added == 0 { Err(Error::Lost { what: "suspension" }) } else { Ok(()) }
    }

    /// A suspension moves on from `before`. Lost if it is no longer there.
    pub async fn put_suspension(&mut self, before: &Suspension, now: &Suspension, at: Timestamp) -> Result<()> {
        self.advance(
            "suspension",
            "UPDATE suspensions SET state = $3, body = $4, updated_at = $5 WHERE violation_id = $1 AND state = $2",
            args![before.reported().violation(), state(before), state(now), json::text(now), at],
        )
        .await
    }

    /// The one because of that violation.
    pub async fn suspension(&mut self, violation: ViolationId) -> Result<Option<Suspension>> {
        self.optional(
            "SELECT violation_id, institution_id, state, body FROM suspensions WHERE violation_id = $1",
            args![violation],
        )
        .await
    }

    /// An institution's, the oldest first.
    pub async fn suspensions(&mut self, institution: InstitutionId) -> Result<Vec<Suspension>> {
        self.all(
            "SELECT violation_id, institution_id, state, body FROM suspensions WHERE institution_id = $1
             ORDER BY violation_id",
            args![institution],
        )
        .await
    }
}
