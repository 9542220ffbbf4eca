//! The public key.

pub mod public;
