//! R9.1 (九): the video of a class's lessons 视频资料, and what of the footage can be one.

mod cut;

pub use cut::{ClipRefusal, clip_span, continuous};
