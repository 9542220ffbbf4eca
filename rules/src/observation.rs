//! What a camera showed at one instant, in numbers and boxes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CameraId, ObservationId, SessionId, StudentId},
    look::Look,
};

/// One sampled key frame, analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Its identity.
    pub id: ObservationId,
    /// The teaching session it belongs to.
    pub session: SessionId,
    /// The camera that saw it.
    pub camera: CameraId,
    /// When the picture was taken, as the recorder's clock has it.
    pub at: Timestamp,
    /// Every face found.
    pub faces: Vec<SeenFace>,
    /// Everybody found to whom none of the faces belongs: turned away, or the head down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faceless: Vec<Area>,
    /// The measures of the picture itself.
    pub picture: PictureMeasures,
    /// What it tells of the camera; older ones have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
}

impl Observation {
    /// How many people the picture shows, each once.
    pub fn people(&self) -> u32 {
        u32::try_from(self.faces.len().saturating_add(self.faceless.len())).unwrap_or(u32::MAX)
    }
}

/// One face in one picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenFace {
    /// Where, in shares of the picture's width and height.
    pub area: Area,
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Pixels between the eyes in the original picture.
    pub eye_distance_px: f32,
    /// Who it looks most like, when it was big enough to tell and someone is enrolled.
    pub likeness: Option<Likeness>,
    /// The hint that this is a man, 0 to 1; a hint for a count over many, never a fact about a person.
    pub male_probability: Option<f32>,
}

/// The best and second-best match of a face among the enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The most similar enrolled student.
    pub student: StudentId,
    /// Cosine similarity to that student, -1 to 1.
    pub similarity: f32,
    /// Cosine similarity to the next most similar other student, if there is another.
    pub runner_up: Option<f32>,
}

/// A rectangle in shares of the picture: 0 to 1 from the left and the top.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Measures of the picture as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureMeasures {
    /// Mean luma, 0 (black) to 255.
    pub brightness: f32,
    /// Variance of the Laplacian of luma on the picture scaled to 640 wide; low is blurred.
    pub sharpness: f32,
    /// Mean absolute luma difference to the sample before, 0 to 255; about 0 is frozen. None for the first.
    pub change: Option<f32>,
}
