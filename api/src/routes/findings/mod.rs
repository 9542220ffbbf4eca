//! Findings.

pub mod compare;
pub mod decide;
pub mod frame;
pub mod list;
pub mod show;
