//! Check-in where the device only takes the picture, and this side knows the student.
//!
//! Whoever refuses face recognition punches with their number (`POST /punches`, `method: other`), which is kept and marked, and
//! needs a written statement beside it (R7.3d).

pub mod face;
mod learn;
