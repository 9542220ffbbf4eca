//! Tokens that programs show in a person's place.

pub mod list;
pub mod make;
pub mod revoke;
