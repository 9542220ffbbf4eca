//! Venues 场地: where lessons happen.

use duxue_rules::ids::{InstitutionId, VenueId};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A venue of one institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    /// Its identity.
    pub id: VenueId,
    /// Whose it is.
    pub institution: Named<InstitutionId>,
    /// Its name; unique within the institution.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A venue to add.
#[derive(Clone, Debug)]
pub struct NewVenue {
    /// Its identity.
    pub id: VenueId,
    /// Whose it is.
    pub institution: InstitutionId,
    /// Its name.
    pub name: String,
    /// Now.
    pub created_at: Timestamp,
}

impl FromRow for Venue {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            institution: row.named("institution_id", "institution_name")?,
            name: row.text("name")?,
            created_at: row.time("created_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.institution_id, i.name AS institution_name, v.name, v.created_at
             FROM venues v JOIN institutions i ON i.id = v.institution_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one. Field errors: `name`, `institution_id`.
    pub async fn add_venue(&mut self, venue: &NewVenue) -> Result<()> {
        let NewVenue { id, institution, name, created_at } = venue;
        self.insert(
            "INSERT INTO venues (id, institution_id, name, created_at) VALUES ($1, $2, $3, $4)",
            args![id, institution, name, created_at],
            &[("venues_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await
    }

    /// The one of that identity.
    pub async fn venue(&mut self, id: VenueId) -> Result<Option<Venue>> {
        self.optional(select!("WHERE v.id = $1"), args![id]).await
    }

    /// All, or those of `institution`, by identity, after `after`.
    pub async fn venues(
        &mut self,
        institution: Option<InstitutionId>,
        after: Option<VenueId>,
        limit: u32,
    ) -> Result<Vec<Venue>> {
        self.all(
            select!(
                "WHERE ($1 IS NULL OR v.institution_id = $1) AND v.id > COALESCE($2, '')
                 ORDER BY v.id LIMIT $3"
            ),
            args![institution, after, limit],
        )
        .await
    }
}
