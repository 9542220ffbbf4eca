//! A student as enrolled, beside the faces that were taken for them.

use duxue_rules::ids::StudentId;
use duxue_storage::finding::Frame;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::refs::StudentRef;

/// Both sides, for a person to look at.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Comparison {
    /// Whom the finding is about; null when it is about nobody in particular.
    pub student: Option<StudentRef>,
    /// Their picture on the roster; null when none is kept.
    pub roster_picture: Option<RosterPicture>,
    /// The faces in the finding's frames that were taken for them, the likeliest first.
    pub seen: Vec<SeenFace>,
}

/// The portrait with which a student was enrolled.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RosterPicture {
    /// JPEG, in Base64.
    pub jpeg_base64: String,
    /// When it was taken in.
    pub taken_in_at: Timestamp,
}

/// A face in one of the finding's frames, in shares of the picture (0 to 1 from the left and the top).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeenFace {
    /// The frame's place among the finding's frames, from 0.
    pub frame: u32,
    /// When it was taken.
    pub at: Timestamp,
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// How much it looks like the student: cosine; null in findings from before it was kept.
    pub similarity: Option<f32>,
    /// How likely it is the student, 0 to 1: a hint for a person, never a fact.
    pub probability: Option<f32>,
}

impl SeenFace {
    /// Those of `student` in a finding's frames.
    pub fn of(frames: &[Frame], student: StudentId) -> Vec<Self> {
        let mut seen: Vec<Self> = frames
            .iter()
            .zip(0..)
            .flat_map(|(frame, index)| frame.faces.iter().map(move |face| (frame, index, face)))
            .filter(|(_, _, face)| face.student == Some(student))
            .map(|(frame, index, face)| Self {
                frame: index,
                at: frame.at,
                x: face.area.x,
                y: face.area.y,
                width: face.area.width,
                height: face.area.height,
                similarity: face.similarity,
                probability: face.probability,
            })
            .collect();
        let sure = |face: &Self| face.similarity.unwrap_or(-1.0);
        seen.sort_by(|a, b| sure(b).total_cmp(&sure(a)).then(a.frame.cmp(&b.frame)));
        seen
    }
}
