//! What goes wrong, and the one table from there to HTTP (RFC 9457).
//!
//! 4xx says what the sender can do about it, in both languages; 5xx says only the request's id, under which the log
//! has the rest.

mod answer;
mod field;
mod picture;
mod storage;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use duxue_rules::ids::StudentId;
use jiff::Timestamp;

pub use answer::Problem;
pub use field::{FieldProblem, ProblemStudent};

use crate::dto::refs::Text;

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody is signed in, or the sign-in has ended.
    NotSignedIn,
    /// No such user with such a password.
    WrongCredentials,
    /// No code of the person's second factor, or one that was used.
    WrongCode,
    /// A second factor is asked of this person, and they have not set one up.
    SecondFactorFirst,
    /// Too many tries.
    Throttled {
        /// When to try again, in seconds.
        retry_after_seconds: u64,
    },
    /// This person may not do this.
    Forbidden,
    /// Their role may, but the token that was shown was not made for it.
    BeyondToken,
    /// No token does this in anybody's place.
    InPersonOnly,
    /// A write that another site's page sent with this browser's cookie.
    CrossSite,
    /// There is no such thing, or it is another institution's.
    NotFound,
    /// The thing is there, but not for this method.
    MethodNotAllowed,
    /// A part of the address is wrong.
    BadParameter {
        /// The path's or query's parameter.
        field: String,
        /// What is wrong.
        text: Text,
    },
    /// The body is no JSON.
    BadJson {
        /// What is wrong, and where.
        detail: String,
    },
    /// Fields that cannot be taken.
    Invalid(Vec<FieldProblem>),
    /// The thing is in another state than this needs.
    Conflict {
        /// The field in question, if it is one.
        field: Option<String>,
        /// Why not.
        text: Text,
    },
    /// The body is of another type than this takes.
    UnsupportedMediaType {
        /// What it takes.
        wanted: &'static str,
    },
    /// The body is too large.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The wanted range lies outside of the file.
    RangeNotSatisfiable {
        /// The size of the file.
        size: u64,
    },
    /// The file is not the one that the client means (`If-Match`).
    PreconditionFailed,
    /// The thing is not, or no longer, what the sender has seen (`If-Match`).
    Changed {
        /// Its `ETag` and what a GET of it answers now; `None`: there is nothing to be seen at this address.
        current: Option<Box<(String, serde_json::Value)>>,
    },
    /// This address speaks WebSocket alone.
    UpgradeRequired,
    /// A client that does not say it speaks tus 1.0.0.
    TusVersion,
    /// The bytes that were sent do not begin where the upload has come to.
    WrongOffset {
        /// Where that is.
        offset: u64,
    },
    /// Another request is appending to the upload.
    Locked,
    /// The bytes that were sent are not those of `Upload-Checksum`; nothing was appended.
    ChecksumMismatch,
    /// The upload was given up or ended; it will not come back.
    Gone,
    /// Events from there on were let go: whoever asks has missed something.
    Forgotten {
        /// Up to which place.
        until: i64,
    },
    /// There is no room on the disk; what came before is kept, and the upload can go on later.
    InsufficientStorage {
        /// How far the upload has come.
        offset: Option<u64>,
    },
    /// Something that this needs is off or down.
    Unavailable(Text),
    /// It took too long.
    TimedOut,
    /// Our fault; the log says more.
    Internal,
}

impl Failure {
    /// A wrong parameter of the address.
    pub fn parameter(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::BadParameter { field: field.to_owned(), text: Text::new(zh, en) }
    }

    /// A step that the rules refuse, with all that is missing.
    pub fn missing(findings: Vec<duxue_rules::finding::Finding>) -> Self {
        Self::Invalid(findings.into_iter().map(FieldProblem::from).collect())
    }

    /// The same refusal with the names of the students whom its problems are about.
    #[must_use]
    pub fn naming(mut self, names: &HashMap<StudentId, String>) -> Self {
        if let Self::Invalid(problems) = &mut self {
            for student in problems.iter_mut().filter_map(|problem| problem.student.as_mut()) {
                student.name = names.get(&student.id).cloned();
            }
        }
        self
    }

    /// A state of the thing that does not allow it.
    pub fn conflict(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Conflict { field: None, text: Text::new(zh, en) }
    }

    /// Something that this needs is off or down.
    pub fn unavailable(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unavailable(Text::new(zh, en))
    }

    /// The thing is not what `If-Match` names, but this: its tag, and what a GET of it shows.
    pub fn changed(current: Option<(String, serde_json::Value)>) -> Self {
        Self::Changed { current: current.map(Box::new) }
    }

    /// One field that cannot be taken.
    pub fn field(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem::shape(field, zh, en)])
    }
}

/// Too many tries: come back at `until`.
pub(crate) fn throttled(until: Timestamp, now: Timestamp) -> Failure {
    let seconds = until.duration_since(now).as_secs().max(0).unsigned_abs() + 1;
    Failure::Throttled { retry_after_seconds: seconds }
}

/// An error and its causes, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
