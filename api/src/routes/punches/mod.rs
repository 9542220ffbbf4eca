//! R7.3a: punches, as devices send them and tables bring them. One that is kept never goes away.

pub mod import;
mod lines;
pub mod list;
pub mod picture;
pub mod send;

pub(super) use send::{Batch, Taken, is_plain};

use duxue_rules::{attendance::Punch, ids::ClassId};
use serde_json::{Value, json};

/// The word under which the audit log tells of punches.
pub(super) const SUBJECT: &str = "punch";

/// What the log remembers of a punch: all of it but the student's name, so that the signed log shows a changed one.
pub(super) fn detail(punch: &Punch, class: ClassId, source: &Value) -> Value {
    let Punch { student, side, venue, made_at, method, .. } = punch;
    json!({
        "class": class,
        "student": student,
        "side": side,
        "venue": venue,
        "made_at": made_at,
        "method": method,
        "from": source,
    })
}
