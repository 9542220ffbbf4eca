//! Signing in and out.

pub mod me;
pub mod sign_in;
pub mod sign_out;
