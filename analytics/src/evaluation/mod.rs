//! How well models do on labelled pictures: the figures that `duxue eval` prints. What is here only reckons; whoever calls
//! it reads the pictures and runs the models.

mod counting;
mod pairs;
mod sexes;
mod spent;

use serde::Serialize;

pub use counting::Counting;
pub use pairs::{AtThreshold, Identity, Pairs, RocPoint};
pub use sexes::{Reading, Sexes, Tally};
pub use spent::{Spent, Stage};

/// Everything that was measured of one folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// The models in use, by their names in the manifest.
    pub models: Vec<String>,
    /// Group pictures: faces found against faces visible.
    pub faces: Option<Counting>,
    /// Group pictures: people found against people there.
    pub people: Option<Counting>,
    /// Videos, frame by frame: people found against people there.
    pub videos: Vec<Video>,
    /// Pictures of persons: who is who.
    pub identity: Option<Identity>,
    /// Pictures of persons: men and women.
    pub sexes: Option<Sexes>,
    /// Wall time by stage, over all pictures and frames.
    pub spent: Vec<Stage>,
    /// What could not be used, and why.
    pub left_out: Vec<String>,
}

/// The frames of one video.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Video {
    /// Its file.
    pub file: String,
    /// Its frames, as far as they were looked at.
    pub counting: Counting,
}
