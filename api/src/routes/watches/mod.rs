//! Watches.

pub mod list;
