//! Whether the picture is what it should be: of this moment, of this room.
//!
//! [`Trail`] is what moved in a camera's samples, a few bytes each; [`repeats`] looks for a stretch that was shown before.
//! [`Scene`] is where a room's own edges are; [`Scene::matched`] tells how a sample compares. Nothing here needs a model, and
//! nothing decides: `duxue_rules::crosscheck` does, by the policy's thresholds.

mod repeats;
mod scene;
#[cfg(test)]
mod tests;
mod trail;
mod view;

pub use repeats::{Limits, Repeat, repeats};
pub use scene::{Scene, SceneMaker};
pub use trail::Trail;
pub use view::View;
