//! Files that people hand in.

pub mod add;
pub mod content;
pub mod show;
