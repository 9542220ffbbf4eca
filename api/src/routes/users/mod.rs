//! Users.

pub mod add;
pub mod list;
