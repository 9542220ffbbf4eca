//! How a session's lesson time was spent.

use duxue_rules::crosscheck as rules;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::words::TeachingState;

/// How a session was spent, as far as cameras looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Teaching {
    /// The stretches, in order of time, from the session's start to the last sample.
    pub spans: Vec<TeachingSpan>,
    /// When the class was first together in lesson time; null while it was not.
    pub began_at: Option<Timestamp>,
    /// Until when it was.
    pub ended_at: Option<Timestamp>,
    /// Seconds of lesson time in which the class was together.
    pub together_seconds: u32,
    /// Seconds of lesson time with fewer people, or nobody.
    pub away_seconds: u32,
    /// Seconds of lesson time of which nothing is known.
    pub unseen_seconds: u32,
}

/// One stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeachingSpan {
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// What it was.
    pub state: TeachingState,
    /// How many people usually showed.
    pub people: u32,
    /// How many different students were recognised.
    pub students: u32,
    /// Whether somebody showed who is like nobody on the roster: the teacher, it may be. A hint, never a fact.
    pub others: bool,
}

impl From<rules::Teaching> for Teaching {
    fn from(of: rules::Teaching) -> Self {
        Self {
            spans: of.spans.into_iter().map(Into::into).collect(),
            began_at: of.began_at,
            ended_at: of.ended_at,
            together_seconds: of.together_seconds,
            away_seconds: of.away_seconds,
            unseen_seconds: of.unseen_seconds,
        }
    }
}

impl From<rules::TeachingSpan> for TeachingSpan {
    fn from(of: rules::TeachingSpan) -> Self {
        Self {
            starts_at: of.span.start(),
            ends_at: of.span.end(),
            state: of.state.into(),
            people: of.people,
            students: of.students,
            others: of.others,
        }
    }
}
