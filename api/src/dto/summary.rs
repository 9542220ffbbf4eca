//! What the samples of a session add up to.

use std::collections::HashMap;

use duxue_rules::{crosscheck as rules, ids::StudentId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{finding::Reason, teaching::Teaching, words::Presence};

/// A number that was not counted exactly: as a rule (95 %) the true one lies in `low..=high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Estimate {
    /// The most likely number.
    pub likely: u32,
    /// Lower end, inside.
    pub low: u32,
    /// Upper end, inside.
    pub high: u32,
}

impl From<rules::Estimate> for Estimate {
    fn from(of: rules::Estimate) -> Self {
        Self { likely: of.likely, low: of.low, high: of.high }
    }
}

/// People in one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountPoint {
    /// When.
    pub at: Timestamp,
    /// How many, whether they face the camera or not.
    pub people: u32,
}

impl From<rules::CountPoint> for CountPoint {
    fn from(of: rules::CountPoint) -> Self {
        Self { at: of.at, people: of.people }
    }
}

/// What the samples say about one student.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StudentPresence {
    /// Who.
    #[schema(value_type = Uuid)]
    pub student_id: StudentId,
    /// Their name.
    pub name: String,
    /// Whether they were in the room.
    pub presence: Presence,
    /// Samples in which they were recognised.
    pub frames_seen: u32,
    /// The first of them.
    pub first_seen: Option<Timestamp>,
    /// The last of them.
    pub last_seen: Option<Timestamp>,
    /// The highest cosine similarity among them.
    pub best_similarity: Option<f32>,
    /// The highest chance among them that it was the student, 0 to 1: a hint, never a fact.
    pub best_probability: Option<f32>,
}

/// What a session's samples say, before anything is held against it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionSummary {
    /// Pictures analysed.
    pub samples: u32,
    /// People in the room, with an upper end on which findings rest.
    pub people: Estimate,
    /// Different people over the whole session, by where they sit and whom they look like, such as 26 to 28: narrower, as it
    /// assumes more. Null while too little is known.
    pub different: Option<Estimate>,
    /// Men among them; null while too little is known. A hint for a count, never about one person.
    pub men: Option<Estimate>,
    /// Women among them, likewise.
    pub women: Option<Estimate>,
    /// One line a student of the roster.
    pub students: Vec<StudentPresence>,
    /// People who are on nobody's enrolment picture.
    pub unknown: Estimate,
    /// How lesson time was spent.
    pub teaching: Teaching,
    /// Why the numbers may be weaker than they look.
    pub reservations: Vec<Reason>,
}

impl SessionSummary {
    /// The summary, with the names of the class's students.
    pub fn of(summary: rules::SessionSummary, names: &HashMap<StudentId, String>) -> Self {
        let student = |of: rules::StudentPresence| StudentPresence {
            student_id: of.student,
            name: names.get(&of.student).cloned().unwrap_or_default(),
            presence: of.presence.into(),
            frames_seen: of.frames_seen,
            first_seen: of.first_seen,
            last_seen: of.last_seen,
            best_similarity: of.best_similarity,
            best_probability: of.best_probability,
        };
        Self {
            samples: summary.samples,
            people: summary.people.into(),
            different: summary.different.map(Into::into),
            men: summary.men.map(Into::into),
            women: summary.women.map(Into::into),
            students: summary.students.into_iter().map(student).collect(),
            unknown: summary.unknown.into(),
            teaching: summary.teaching.into(),
            reservations: summary.reservations.into_iter().map(Into::into).collect(),
        }
    }
}
