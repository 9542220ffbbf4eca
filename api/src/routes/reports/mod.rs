//! Daily reports.

pub mod list;
pub mod send;
pub mod show;
