//! In which way two videos were found to be alike: for a person to look at, never a verdict.

use serde::{Deserialize, Serialize};

/// What two videos have in common.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The seconds of the upload from and until which they are alike.
    pub span: (u32, u32),
    /// The seconds of the other video that show the same.
    pub other_span: (u32, u32),
    /// Whether the one shows the other in a mirror.
    pub mirrored: bool,
    /// How alike they are in that stretch, 0 to 1.
    pub alike: f32,
    /// Whether they are the same file, byte by byte.
    pub same_file: bool,
}
