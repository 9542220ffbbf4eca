//! Institutions.

pub mod add;
pub mod change;
pub mod list;
pub mod textbook_exceptions;
