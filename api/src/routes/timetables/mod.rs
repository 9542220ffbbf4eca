//! R7.2: timetables.

pub mod decide;
pub mod decide_change;
mod follow;
pub mod forms;
pub mod hand_in;
pub mod import;
mod lessons;
pub mod request_change;
pub mod show;
mod standing;

pub(super) use standing::{Standing, programme_year};

use crate::{dto::refs::Text, problem::Failure};

/// The decision was taken already, or the thing is at another stage.
fn decided() -> Failure {
    Failure::Conflict {
        field: None,
        text: Text::new(
            "已作出决定或已撤回，请刷新后查看。",
            "It was decided or withdrawn meanwhile; look again first.",
        ),
    }
}

/// A word of at most 2000 characters, trimmed.
fn reason(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.chars().count() > 2000 {
        return Err(Failure::field("reason", "理由不得超过 2000 个字符。", "a reason has at most 2000 characters"));
    }
    Ok(text.to_owned())
}
