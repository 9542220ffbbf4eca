//! Students and their enrolment.

pub mod add;
pub mod enrol;
pub mod list;
