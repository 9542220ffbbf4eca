//! Teaching sessions.

pub mod add;
pub mod list;
