//! Evidence out of segments: pictures are copied as the camera sent them, never encoded again.

mod check;
mod complaints;
mod cut;
mod movie;
mod plan;

pub use self::{
    check::{CheckError, CheckReport, check},
    cut::{CutError, CutReport, cut},
};
