//! The whole.

pub mod health;
pub mod show;
