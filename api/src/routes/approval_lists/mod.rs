//! R1.1: the approval lists.

pub mod import;
pub mod list;
pub mod put;
pub mod show;
