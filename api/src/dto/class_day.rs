//! A class on a day: everything a supervisor looks at.

use duxue_rules::ids::SessionId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    clip::Clip,
    finding::Finding,
    recording::Coverage,
    refs::{CameraRef, ClassRef, InstitutionRef, VenueRef},
    report::Report,
    summary::{CountPoint, SessionSummary},
};

/// A class on a day. For an institution `summary`, `series` and `findings` stay empty.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClassDay {
    /// The class.
    pub class: ClassRef,
    /// Whose it is.
    pub institution: InstitutionRef,
    /// The day, in Asia/Shanghai.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Its sessions, by start.
    pub sessions: Vec<DaySession>,
    /// The newest revision of the daily report; null while none has come.
    pub report: Option<Report>,
    /// The findings of its sessions.
    pub findings: Vec<Finding>,
    /// What each camera has of each session.
    pub coverage: Vec<Coverage>,
    /// The clips of its sessions.
    pub clips: Vec<Clip>,
}

/// One session of the day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DaySession {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SessionId,
    /// Where.
    pub venue: VenueRef,
    /// The cameras that hang there.
    pub cameras: Vec<CameraRef>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// What the samples add up to; null before the first.
    pub summary: Option<SessionSummary>,
    /// Faces over time, a point a sample.
    pub series: Vec<CountPoint>,
}

/// A class on a day, in a line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayLine {
    /// The class.
    pub class: ClassRef,
    /// Whose it is.
    pub institution: InstitutionRef,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// How many sessions it has.
    pub sessions: u32,
    /// When the first begins.
    pub starts_at: Option<Timestamp>,
    /// When the last ends.
    pub ends_at: Option<Timestamp>,
    /// Present by the report; null while none has come.
    pub reported_present: Option<u32>,
    /// On roll by the report.
    pub reported_roll: Option<u32>,
    /// Whether the report came late.
    pub report_late: Option<bool>,
    /// The largest likely count of people among the sessions; null when not judged, or for institutions.
    pub people_likely: Option<u32>,
    /// Findings nobody has decided; null for institutions.
    pub open_findings: Option<u32>,
    /// Clips sealed.
    pub sealed_clips: u32,
}
