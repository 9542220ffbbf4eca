//! How the whole is doing.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::refs::Text;

/// The state of the house, for the header of every page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct System {
    /// The version of duxue.
    pub version: String,
    /// What time the server has.
    pub now: Timestamp,
    /// The policy in force.
    pub policy: PolicyInForce,
    /// Whether pictures are analysed.
    pub analysis: Analysis,
    /// The disk that recordings go to.
    pub disk: Disk,
    /// Cameras of this reader, counted.
    pub cameras: CameraCount,
    /// Whether footage is being written.
    pub recorder: Recorder,
}

/// The policy that decisions are taken under now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyInForce {
    /// Its version.
    pub version: i64,
    /// Shown wherever a decision of it is shown; empty for the notice's own.
    pub label: String,
    /// R9.1: a clip is at least this long, in seconds.
    pub clip_min_seconds: u32,
    /// R9.1: a hole longer than this breaks continuity, in milliseconds.
    pub clip_max_gap_ms: u32,
    /// R7.1x: a session is judged from this many samples on.
    pub crosscheck_min_samples: u32,
}

/// Whether and with what pictures are analysed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Analysis {
    /// Whether it runs.
    pub on: bool,
    /// Why not, when it does not.
    pub reason: Option<Text>,
    /// What ONNX Runtime says of its build; null when it does not run.
    pub runtime: Option<String>,
    /// The models in use.
    pub models: Vec<Model>,
    /// Who runs them; null when nobody does.
    pub provider: Option<Provider>,
}

/// Who runs the models: `cpu`, `cuda` or `tensorrt`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Provider {
    /// Who is to run them, by the configuration.
    pub wanted: String,
    /// Who runs them.
    pub running: String,
    /// Why it is another than the wanted one.
    pub reason: Option<Text>,
}

/// One model in use.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// What it does: `detector`, `people`, `recogniser`, `gender`.
    pub kind: String,
    /// The file's SHA-256, in hexadecimal: which version it is.
    pub sha256: Option<String>,
    /// Its licence, by SPDX name.
    #[schema(example = "Apache-2.0")]
    pub licence: Option<String>,
    /// Whose work it is.
    pub origin: Option<String>,
}

impl From<crate::edges::VisionModel> for Model {
    fn from(model: crate::edges::VisionModel) -> Self {
        let crate::edges::VisionModel { name, kind, sha256, licence, origin } = model;
        Self { name, kind, sha256, licence, origin }
    }
}

/// Room for recordings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Disk {
    /// Bytes free; null when the system does not tell.
    pub free_bytes: Option<u64>,
    /// Bytes in all.
    pub total_bytes: Option<u64>,
    /// Whether that is enough.
    pub state: DiskState,
}

/// Whether there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiskState {
    /// There is room.
    Ok,
    /// It will be full soon.
    Low,
    /// Recording has stopped, or is about to.
    Full,
}

/// Cameras, counted.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CameraCount {
    /// How many are live.
    pub live: u32,
    /// How many are switched on.
    pub total: u32,
}

/// The recorder.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Recorder {
    /// What it does.
    pub state: RecorderState,
}

/// What the recorder does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecorderState {
    /// Every live camera is being recorded.
    Recording,
    /// Some live camera is not being recorded.
    Degraded,
    /// There is nothing to record.
    Idle,
    /// The disk is full.
    DiskFull,
}
