//! A day of a camera: what is recorded and what is missing.

use duxue_rules::ids::{SegmentId, SessionId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use super::{refs::CameraRef, words::OutageCause};

/// What a camera has of a day, without overlap and up to now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recordings {
    /// The civil date in Asia/Shanghai.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The day's time, tiled.
    pub parts: Vec<Part>,
    /// Teaching sessions before this camera on that day.
    pub sessions: Vec<RecordedSession>,
}

/// A stretch of time that is recorded in one segment, or missing for one cause.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Part {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant outside.
    pub end: Timestamp,
    /// Which of the two.
    pub kind: PartKind,
    /// The segment that holds it, when recorded.
    #[schema(value_type = Option<Uuid>)]
    pub segment_id: Option<SegmentId>,
    /// Why, when missing.
    pub cause: Option<OutageCause>,
}

/// Recorded or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// There is footage with a hash.
    Recorded,
    /// There is none, and the cause says why.
    Missing,
}

/// A session, for the time line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordedSession {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SessionId,
    /// The class's name.
    pub class_name: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// What one camera has of a class's sessions of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coverage {
    /// The camera.
    pub camera: CameraRef,
    /// The session.
    #[schema(value_type = Uuid)]
    pub session_id: SessionId,
    /// The session's time, tiled up to now.
    pub parts: Vec<Part>,
}

impl From<duxue_rules::coverage::Part> for Part {
    fn from(part: duxue_rules::coverage::Part) -> Self {
        use duxue_rules::coverage::PartKind as Kind;
        let (kind, segment_id, cause) = match part.what {
            Kind::Recorded { segment } => (PartKind::Recorded, Some(segment), None),
            Kind::Missing { cause } => (PartKind::Missing, None, Some(cause.into())),
        };
        Self { start: part.span.start(), end: part.span.end(), kind, segment_id, cause }
    }
}
