//! Who did what.

use duxue_rules::ids::WatchId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    camera::Stream,
    refs::{CameraRef, UserRef},
};

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
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    pub detail: serde_json::Value,
    /// SHA-256 of this entry and the one before, in hexadecimal.
    pub hash: String,
}

/// Whether the chain holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChainReport {
    /// Entries read.
    pub entries: u64,
    /// Whether every one follows from the one before, up to the recorded end and as the seals remember it.
    pub ok: bool,
    /// The first place at which something is wrong.
    pub first_broken: Option<i64>,
    /// What is wrong there.
    pub what: Option<ChainBreak>,
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
    pub stream: Option<Stream>,
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

impl From<duxue_storage::watch::Watch> for Watch {
    fn from(row: duxue_storage::watch::Watch) -> Self {
        use duxue_storage::watch::{Watched, WatchedStream};
        let seconds = row.closed_at.map(|closed| closed.duration_since(row.opened_at).as_secs_f64());
        Self {
            id: row.id,
            user: row.user.into(),
            camera: row.camera.into(),
            what: match row.what {
                Watched::Live => WatchKind::Live,
                Watched::Recording => WatchKind::Recording,
                Watched::Clip => WatchKind::Clip,
            },
            stream: row.stream.map(|stream| match stream {
                WatchedStream::Main => Stream::Main,
                WatchedStream::Sub => Stream::Sub,
            }),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            seconds,
        }
    }
}

/// How a chain can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChainBreak {
    /// The entry is not there.
    Missing,
    /// The entry was changed.
    Rewritten,
    /// The entry does not follow on the one before.
    Unlinked,
    /// A sealed clip remembers another entry at this place.
    NotAsSealed,
    /// A signed checkpoint of the log up to here tells of other entries.
    NotAsSigned,
    /// The chain goes on after its recorded end.
    Beyond,
}

impl From<duxue_storage::audit::ChainReport> for ChainReport {
    fn from(report: duxue_storage::audit::ChainReport) -> Self {
        use duxue_storage::audit::BrokenLink;
        let what = report.broken.as_ref().map(|broken| match broken.what {
            BrokenLink::Missing => ChainBreak::Missing,
            BrokenLink::Rewritten => ChainBreak::Rewritten,
            BrokenLink::Unlinked => ChainBreak::Unlinked,
            BrokenLink::NotAsSealed => ChainBreak::NotAsSealed,
            BrokenLink::NotAsSigned => ChainBreak::NotAsSigned,
            BrokenLink::Beyond => ChainBreak::Beyond,
        });
        Self {
            entries: u64::try_from(report.entries).unwrap_or_default(),
            ok: report.is_sound(),
            first_broken: report.broken.map(|broken| broken.seq),
            what,
        }
    }
}
