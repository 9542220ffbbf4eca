//! The same footage, found again (R9.1): re-encoded, cut, scaled, mirrored, brightened or cropped at the edge.
//!
//! [`Tracer`] makes a [`Trace`] of a video's pictures: what moved, twice a second, a bit for each of 64 places. [`compare()`]
//! looks for a stretch that two traces share. Pure: whoever has the pictures brings them.

mod compare;
#[cfg(test)]
mod tests;
mod trace;

pub use compare::{Limits, Match, compare};
pub use trace::{RATE, SIDE, Trace, Tracer};
