//! What others noticed about a session, besides its samples: the punch device about faces, the analysis about pictures.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CameraId, PunchId, StudentId},
    look::StreamPrint,
    policy::Policy,
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
    /// What each camera's stream was like in the session before this one.
    pub streams_before: Vec<StreamBefore>,
}

/// How a camera's stream described itself when it was last looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamBefore {
    /// Which camera.
    pub camera: CameraId,
    /// As of when.
    pub at: Timestamp,
    /// How.
    pub stream: StreamPrint,
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

impl PunchFace {
    /// Whether the face is big enough to tell and like the student no more than a stranger's is.
    pub fn is_unlike(&self, policy: &Policy) -> bool {
        self.eye_distance_px >= policy.unknown_min_eye_distance_px && self.similarity < policy.unknown_max_similarity
    }

    /// Whether it was made for the session `of`, and not for another of the day's: for the one that is nearest in time, of two
    /// as near for the earlier.
    pub fn is_for(&self, of: Span, others: &[Span]) -> bool {
        let away = |span: &Span| {
            let late = self.at.duration_since(span.end());
            let early = span.start().duration_since(self.at);
            (late.max(early).max(SignedDuration::ZERO), span.start())
        };
        others.iter().all(|other| *other == of || away(&of) < away(other))
    }
}

/// A time in which a camera's pictures were those of an earlier time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// Which camera.
    pub camera: CameraId,
    /// When they were shown.
    pub span: Span,
    /// When they had been shown first; this begins before.
    pub of: Span,
    /// How many different pictures were the same: people had moved in between.
    pub pictures: u32,
    /// How many would be by chance, as many as are the same at any other distance in time.
    #[serde(default)]
    pub by_chance: f32,
    /// Whether they are shown in a mirror.
    #[serde(default)]
    pub mirrored: bool,
}
