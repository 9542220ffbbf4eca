//! Check-in at a kiosk.

use duxue_rules::ids::PunchId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{ClassRef, StudentRef},
    words::Side,
};

/// What goes along with a kiosk's picture.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KioskQuery {
    /// The device's own identity of the punch, 1 to 100 characters. Sent again, it is known and not kept twice.
    #[param(min_length = 1, max_length = 100, example = "20241008-000123")]
    pub id: String,
    /// When the picture was taken, by the device's clock; one that comes later, as there was no network, is kept and marked.
    pub at: Timestamp,
    /// For which end of the day; without it the middle of the day's teaching divides them.
    pub side: Option<Side>,
}

/// What a kiosk is to show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskAnswer {
    /// What was made of the face.
    pub outcome: KioskOutcome,
    /// The punch that was kept; null unless somebody was recognised.
    pub punch: Option<KioskPunch>,
}

/// What was made of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KioskOutcome {
    /// One of the students, and clearly no other.
    Recognised,
    /// It may be a student's: try again, or check in another way.
    Unsure,
    /// It is nobody's of the classes that are taught here today.
    Unknown,
}

/// A punch by face.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KioskPunch {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: PunchId,
    /// Who.
    pub student: StudentRef,
    /// Their class.
    pub class: ClassRef,
    /// For which end of the day.
    pub side: Side,
    /// When it was made.
    pub at: Timestamp,
    /// How much the face looks like the student's: cosine, -1 to 1.
    pub similarity: f32,
    /// How much less it looks like the next student's; null: nobody else was there to be compared.
    pub margin: Option<f32>,
}
