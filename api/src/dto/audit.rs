//! Who did what.

use duxue_rules::ids::WatchId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::refs::{CameraRef, UserRef};

/// One entry of the audit log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its place in the chain, counting up from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who; null when the system itself acted.
    pub actor: Option<UserRef>,
    /// What was done, as `noun.verb`.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// What more is known.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
    /// SHA-256 of this entry and the one before, in hexadecimal.
    pub hash: String,
}

/// Whether the chain holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChainReport {
    /// Entries read.
    pub entries: u64,
    /// Whether every one follows from the one before.
    pub ok: bool,
    /// The first that does not.
    pub first_broken: Option<i64>,
}

/// One viewing of a picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Watch {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: WatchId,
    /// Who watched.
    pub user: UserRef,
    /// Which camera.
    pub camera: CameraRef,
    /// What was watched.
    pub what: WatchKind,
    /// Which stream.
    pub stream: Option<String>,
    /// From when.
    pub opened_at: Timestamp,
    /// Until when; null while it goes on.
    pub closed_at: Option<Timestamp>,
    /// How long, in seconds; null while it goes on.
    pub seconds: Option<f64>,
}

/// What was watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WatchKind {
    /// Live video.
    Live,
    /// Recorded video.
    Recording,
    /// A sealed clip.
    Clip,
}
