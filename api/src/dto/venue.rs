//! Classrooms.

use duxue_rules::ids::{InstitutionId, VenueId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::InstitutionRef;

/// A classroom 场地 of one institution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Venue {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: VenueId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub institution: InstitutionRef,
}

/// A classroom to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVenue {
    /// Whose it is.
    #[schema(value_type = Uuid)]
    pub institution_id: InstitutionId,
    /// Its name, 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

impl From<duxue_storage::venue::Venue> for Venue {
    fn from(row: duxue_storage::venue::Venue) -> Self {
        Self { id: row.id, name: row.name, institution: row.institution.into() }
    }
}
