//! Institutions.

pub mod list;
