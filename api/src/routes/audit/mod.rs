//! The audit log.

pub mod checkpoint;
pub mod list;
pub mod verify;
