//! The findings, by what they look at.

pub(super) mod cameras;
pub(super) mod numbers;
pub(super) mod papers;
pub(super) mod people;
pub(super) mod pictures;
pub(super) mod punches;
pub(super) mod replays;
pub(super) mod teaching;

/// A confidence as it is shown and stored: two decimals, and never certain of what a camera saw.
fn confidence(chance: f64) -> f32 {
    ((chance.clamp(0.0, 0.99) * 100.0).round() / 100.0) as f32
}

/// A share as a whole percentage.
fn percent(share: f32) -> f32 {
    (share * 100.0).round()
}
