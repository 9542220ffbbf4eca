//! The whole.

pub mod show;
