//! What happened, for those who listen.

use duxue_rules::{event::EventKind, ids::InstitutionId};
use duxue_storage::event::Event as Row;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Something that happened. It tells to what, by identities alone; read the thing itself for the rest.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its place in the audit log; events are in that order, with gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "finding.decided")]
    pub kind: EventKind,
    /// To what kind of thing.
    #[schema(example = "finding")]
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// Whose it is; null: the centre's own.
    #[schema(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
}

/// Events after a place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventList {
    /// The events that one may hear of, in order.
    pub items: Vec<Event>,
    /// How far was looked; ask again with it as `after`.
    pub last: i64,
}

/// The first message of a stream whose listener was away for too long: it missed what was let go, and reads anew what it
/// shows. The stream goes on with what happens from now on.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct EventReset {
    /// Up to which place events were let go.
    pub forgotten_until: i64,
    /// After which place the stream goes on.
    pub last: i64,
}

/// From where on.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// The place of the last event that is known; without it a stream begins now, and a list with the first.
    pub after: Option<i64>,
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        let Row { seq, at, kind, subject_kind, subject_id, institution } = row;
        Self { seq, at, kind, subject_kind, subject_id, institution_id: institution }
    }
}
