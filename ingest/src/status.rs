//! What others learn about a camera: events for the ledger, a status for the page.

use std::path::PathBuf;

use duxue_rules::{
    camera::{CameraState, OutageCause},
    ids::CameraId,
};
use jiff::Timestamp;

/// A finished file of footage: safe on the disk under its final name before anybody hears of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedSegment {
    /// Whose footage.
    pub camera: CameraId,
    /// Relative to the recordings folder.
    pub path: PathBuf,
    /// When the first picture was taken.
    pub start: Timestamp,
    /// When the last picture's time ends; equals the next segment's start unless there is a hole.
    pub end: Timestamp,
    /// Size of the file.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// As in the `codecs` parameter of RFC 6381, e.g. `avc1.640028`.
    pub codec: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Number of pictures.
    pub frames: u32,
    /// Whether it was finished by [`recover`](crate::recover) after a crash.
    pub recovered: bool,
}

/// What the ledger must know, in order for each camera.
///
/// Outages of a camera never overlap: each `OutageBegan` is followed by its `OutageEnded` before the next begins. When
/// only the cause changes, one ends and the next begins at the same instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IngestEvent {
    /// A segment is safe on the disk. Insert its row.
    SegmentClosed(ClosedSegment),
    /// From `at` on nothing is recorded.
    OutageBegan {
        /// The camera.
        camera: CameraId,
        /// The end of the last recorded picture, or when the camera was added.
        at: Timestamp,
        /// Why.
        cause: OutageCause,
        /// What the camera, network or disk said, without credentials.
        detail: Option<String>,
    },
    /// From `at` on footage is recorded again (or the camera was removed, or recording stops with the process).
    OutageEnded {
        /// The camera.
        camera: CameraId,
        /// The start of the first recorded picture.
        at: Timestamp,
    },
    /// What the camera is doing changed.
    StateChanged {
        /// The camera.
        camera: CameraId,
        /// When.
        at: Timestamp,
        /// What it does now.
        state: CameraState,
        /// Why, unless it is live.
        cause: Option<OutageCause>,
        /// More about the cause, without credentials.
        detail: Option<String>,
    },
}

/// A camera at this moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CameraStatus {
    /// What it is doing. A camera that is switched off is `Refused` with cause `Disabled`.
    pub state: CameraState,
    /// Why, unless it is live.
    pub cause: Option<OutageCause>,
    /// More about the cause, without credentials.
    pub detail: Option<String>,
    /// Since when the state is what it is.
    pub since: Timestamp,
    /// When the last picture arrived.
    pub last_frame_at: Option<Timestamp>,
    /// Width in pixels, once known.
    pub width: Option<u32>,
    /// Height in pixels, once known.
    pub height: Option<u32>,
    /// Codec as in RFC 6381, once known.
    pub codec: Option<String>,
    /// Bits per second over the last seconds; 0 when nothing arrives.
    pub bitrate_bps: u64,
    /// Whether the footage reaches the disk.
    pub recording: bool,
    /// Why it does not reach the disk although pictures arrive.
    pub recording_problem: Option<(OutageCause, String)>,
    /// Pictures received since the camera was added.
    pub frames: u64,
    /// Pictures that had to be thrown away because we were too slow.
    pub dropped: u64,
    /// Connections made since the camera was added.
    pub connections: u64,
    /// How many watch it live, both streams together.
    pub viewers: u32,
}
