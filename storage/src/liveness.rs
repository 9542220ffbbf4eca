//! The hint whether who checked in at a kiosk stood there in person: shown, and never a reason to refuse by itself.

use duxue_rules::ids::PunchId;

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// What the pictures of one check-in say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Liveness {
    /// Pictures in which the face was large enough to tell; at least one.
    pub pictures: u32,
    /// Of them, those that look like a person and not like a picture of one.
    pub in_person: u32,
}

impl FromRow for Liveness {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { pictures: row.number("pictures")?, in_person: row.number("in_person")? })
    }
}

impl Tx {
    /// Notes the hint with a punch that was just kept.
    pub async fn add_punch_liveness(&mut self, punch: PunchId, seen: Liveness) -> Result<()> {
        self.run(
            "INSERT INTO punch_liveness (punch_id, pictures, in_person) VALUES ($1, $2, $3)",
            args![punch, i64::from(seen.pictures), i64::from(seen.in_person)],
        )
        .await?;
        Ok(())
    }

    /// The hint of a punch, if there is one.
    pub async fn punch_liveness(&mut self, punch: PunchId) -> Result<Option<Liveness>> {
        self.optional("SELECT pictures, in_person FROM punch_liveness WHERE punch_id = $1", args![punch]).await
    }
}
