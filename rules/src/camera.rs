//! The words for what a camera is doing and why it gives no footage.

use serde::{Deserialize, Serialize};

/// What a camera is doing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// The connection is being made, or the first key frame is awaited.
    Connecting,
    /// Pictures arrive.
    Live,
    /// Connected, but nothing has arrived for longer than the limit.
    Stalled,
    /// The last try failed; the next comes after a pause.
    BackingOff,
    /// Trying again is pointless until someone changes something: wrong password, unsupported codec.
    Refused,
}

/// Why there is no footage of a camera in some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageCause {
    /// Nobody answered at the address.
    Unreachable,
    /// The camera refused the user name or the password.
    Unauthorized,
    /// The camera answers, but has no such stream.
    NotFound,
    /// The stream is no video, or a codec that is not supported.
    UnsupportedMedia,
    /// Connected, but packets stopped coming.
    Stalled,
    /// The camera or the network cut the connection.
    Disconnected,
    /// What arrived could not be understood.
    CorruptStream,
    /// The recorder's disk was full.
    DiskFull,
    /// The recorder could not write for another reason.
    DiskError,
    /// The recorder was not running (stopped, restarted or crashed).
    RecorderDown,
    /// The camera was switched off in duxue, or not yet added.
    Disabled,
    /// The recorder was connecting for the first time.
    Starting,
    /// Footage had been recorded and was let go to make room, as nothing needed it.
    Pruned,
    /// No record says why.
    Unknown,
}
