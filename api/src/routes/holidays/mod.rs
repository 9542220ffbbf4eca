//! The calendar of working days, year by year.

pub mod import;
pub mod list;
