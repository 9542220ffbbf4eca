//! What others noticed about a session, besides its samples: the punch device about faces, the analysis about pictures.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CameraId, PunchId, StudentId},
    span::Span,
};

/// Everything that was noticed; nothing, by default, holds nothing against anyone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// The faces of the session's punches.
    pub punches: Vec<PunchFace>,
    /// Pictures that were seen before.
    pub replays: Vec<Replay>,
}

/// The face in a punch's own picture against the enrolment picture of the student for whom it was made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PunchFace {
    /// Which punch.
    pub punch: PunchId,
    /// For whom.
    pub student: StudentId,
    /// When.
    pub at: Timestamp,
    /// Cosine similarity to that student's enrolment picture, -1 to 1.
    pub similarity: f32,
    /// Pixels between the eyes in the original picture.
    pub eye_distance_px: f32,
}

/// A time in which a camera's pictures were those of an earlier time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Which camera.
    pub camera: CameraId,
    /// When they were shown.
    pub span: Span,
    /// When they had been shown first; this lies before.
    pub of: Span,
    /// How many different pictures were the same.
    pub pictures: u32,
}
