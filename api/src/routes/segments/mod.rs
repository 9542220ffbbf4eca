//! Recorded segments.

pub mod content;
