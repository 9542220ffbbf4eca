//! How every part of the system does, for whoever keeps it running.

use duxue_rules::ids::CameraId;
use duxue_storage::health::{RecorderBeat, Waiting};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    refs::{InstitutionRef, VenueRef},
    system::{Analysis, Disk},
    words::{CameraState, OutageCause},
};

/// How every part does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Health {
    /// The version of duxue.
    pub version: String,
    /// What time the server has.
    pub now: Timestamp,
    /// The database.
    pub database: AskedPart,
    /// Where clips, pictures and files are kept.
    pub objects: AskedPart,
    /// The disk that recordings go to.
    pub disk: Disk,
    /// Models and runtime of the picture analysis.
    pub analysis: Analysis,
    /// What waits to be done.
    pub queues: Vec<Queue>,
    /// The recorders' signs of life.
    pub recorders: Vec<RecorderHealth>,
    /// Every camera that was not removed.
    pub cameras: Vec<CameraSign>,
}

/// A part that was just asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedPart {
    /// Which kind: `sqlite`, `postgresql`, `directory`, `s3`.
    #[schema(example = "postgresql")]
    pub kind: String,
    /// Whether it answered.
    pub answers: bool,
    /// How long that took, in milliseconds.
    #[schema(example = 2)]
    pub took_ms: u64,
}

/// What waits to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Queue {
    /// Which.
    pub name: QueueName,
    /// How many wait.
    pub waiting: u32,
    /// Since when the oldest waits; null when none does, or where it is not kept.
    pub since: Option<Timestamp>,
}

/// A queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueName {
    /// Uploads that are whole and not checked yet.
    Uploads,
    /// Clips that are asked for and not cut yet.
    Clips,
    /// Events on their way to webhooks.
    Webhooks,
    /// Events that were given up on; a manager can send them again.
    DeadWebhooks,
}

/// A recorder's sign of life.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecorderHealth {
    /// The node's name.
    pub node: String,
    /// When it last gave a sign.
    pub last_beat: Timestamp,
    /// Whether that is recent enough to call it alive.
    pub alive: bool,
}

/// How a camera does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraSign {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: CameraId,
    /// Its name.
    pub name: String,
    /// Where it hangs.
    pub venue: VenueRef,
    /// Whose venue that is.
    pub institution: InstitutionRef,
    /// Whether it is switched on.
    pub enabled: bool,
    /// What it is doing; null when no recorder here runs it.
    pub state: Option<CameraState>,
    /// Why it is not live, when it is not.
    pub cause: Option<OutageCause>,
    /// More about the cause; no credentials.
    pub detail: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When the last picture came.
    pub last_frame_at: Option<Timestamp>,
    /// Whether it is being recorded.
    pub recording: bool,
    /// Bits a second, over the last seconds.
    pub bitrate_bps: Option<u64>,
}

/// Without a sign for so long a recorder is called dead; it gives one every few seconds.
const ALIVE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

impl RecorderHealth {
    pub(crate) fn of(beat: RecorderBeat, now: Timestamp) -> Self {
        Self { node: beat.node, last_beat: beat.at, alive: now.duration_since(beat.at) < ALIVE }
    }
}

impl Queue {
    pub(crate) fn all(waiting: &Waiting) -> Vec<Self> {
        let queue = |name, waiting, since| Self { name, waiting, since };
        vec![
            queue(QueueName::Uploads, waiting.uploads, waiting.uploads_since),
            queue(QueueName::Clips, waiting.clips, waiting.clips_since),
            queue(QueueName::Webhooks, waiting.deliveries, None),
            queue(QueueName::DeadWebhooks, waiting.deliveries_dead, None),
        ]
    }
}
