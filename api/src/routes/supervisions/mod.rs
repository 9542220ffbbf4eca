//! R7.4: supervision.

pub mod forms;
pub mod list;
pub mod show;
pub mod sign;
pub mod standing;
