//! Evidence clips.

pub mod content;
pub mod list;
pub mod request;
pub mod seal;
pub mod show;
pub mod verify;

use duxue_storage::clip::{Clip, ClipState, SealedClip};

use crate::{dto::refs::Text, problem::Failure};

/// What there is of a clip that has been sealed; others have no file yet, or never.
fn sealed(clip: &Clip) -> Result<&SealedClip, Failure> {
    let text = match &clip.state {
        ClipState::Sealed(sealed) => return Ok(sealed),
        ClipState::Requested => Text::new("视频资料尚在制作。", "The clip is still being made."),
        ClipState::Failed(_) => Text::new("视频资料未能制作。", "The clip could not be made."),
    };
    Err(Failure::Conflict { field: None, text })
}
