//! Everything of a class in one file (R9.3, R11.1).

mod conduct;
mod contents;
pub mod read;
mod settlement;
mod stream;
