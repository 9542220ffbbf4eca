//! Users.

pub mod add;
pub mod change;
pub mod list;
