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
    /// Its name, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
}
