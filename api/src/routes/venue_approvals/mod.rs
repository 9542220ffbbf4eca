//! R1.2: the bureau's approvals of venues.

pub mod add;
pub mod list;
pub mod withdraw;
