//! Class days.

pub mod list;
pub mod show;
