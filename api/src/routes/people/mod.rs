//! Whom one works with.

pub mod list;
