//! Daily reports.

pub mod forms;
pub mod list;
pub mod send;
pub mod show;
