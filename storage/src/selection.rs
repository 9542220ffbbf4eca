//! R7.4c: draws of the classes to look at on a day, each kept for ever with its seed.

use std::io;

use duxue_rules::{
    draw::Seed,
    ids::{SelectionId, UserId},
    supervision::Selection,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A draw that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSelection {
    /// Its identity.
    pub id: SelectionId,
    /// The how manieth of its day, 1 for the first.
    pub number: u32,
    /// The draw.
    pub selection: Selection,
    /// The version of the policy whose weights it used.
    pub policy_version: i64,
    /// Who drew.
    pub drawn_by: Named<UserId>,
    /// When.
    pub drawn_at: Timestamp,
}

/// A draw to record.
#[derive(Clone, Debug)]
pub struct NewSelection {
    /// Its identity.
    pub id: SelectionId,
    /// The how manieth of its day.
    pub number: u32,
    /// The draw.
    pub selection: Selection,
    /// The version of the policy whose weights it used.
    pub policy_version: i64,
    /// Who draws.
    pub drawn_by: UserId,
    /// Now.
    pub drawn_at: Timestamp,
}

/// A seed from the system's randomness; used once, and recorded with what it drew.
pub fn random_seed() -> io::Result<Seed> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    Ok(Seed(seed))
}

impl FromRow for RecordedSelection {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            number: row.number("number")?,
            selection: row.json("body")?,
            policy_version: row.int("policy_version")?,
            drawn_by: row.named("drawn_by", "drawn_by_name")?,
            drawn_at: row.time("drawn_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.number, s.body, s.policy_version, s.drawn_by, u.display_name AS drawn_by_name, s.drawn_at
             FROM selections s JOIN users u ON u.id = s.drawn_by ",
            $rest
        )
    };
}

impl Tx {
    /// Records a draw. Lost if somebody else drew under that number of the day.
    pub async fn add_selection(&mut self, new: &NewSelection) -> Result<()> {
        let NewSelection { id, number, selection, policy_version, drawn_by, drawn_at } = new;
        let added = self
            .run(
                "INSERT INTO selections (id, drawn_on, number, again, seed, body, policy_version, drawn_by, drawn_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (drawn_on, number) DO NOTHING",
                args![
                    id,
                    selection.on,
                    number,
                    selection.again_because.is_some(),
                    hex::encode(selection.draw.seed.0),
                    json::text(selection),
                    policy_version,
                    drawn_by,
                    drawn_at,
                ],
            )
            .await?;
        if added == 0 { Err(Error::Lost { what: "draw" }) } else { Ok(()) }
    }

    /// All draws of a day, the first one first.
    pub async fn selections_on(&mut self, date: Date) -> Result<Vec<RecordedSelection>> {
        self.all(select!("WHERE s.drawn_on = $1 ORDER BY s.number"), args![date]).await
    }

    /// Draws, the newest first, before `after`.
    pub async fn selections(&mut self, after: Option<SelectionId>, limit: u32) -> Result<Vec<RecordedSelection>> {
        self.all(select!("WHERE s.id < COALESCE($1, 'g') ORDER BY s.id DESC LIMIT $2"), args![after, limit]).await
    }
}
