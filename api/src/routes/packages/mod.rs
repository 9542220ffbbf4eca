//! Everything of a class in one file (R9.3, R11.1).

mod attendance;
mod conduct;
pub(crate) mod contents;
mod opening;
pub mod read;
mod settlement;
mod stream;
mod uploads;
