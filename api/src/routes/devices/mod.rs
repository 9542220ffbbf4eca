//! R7.3a: check-in devices.

pub mod list;
pub mod register;
pub mod withdraw;
