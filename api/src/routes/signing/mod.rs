//! Signing in and out.

pub mod change_password;
pub mod me;
pub mod sign_in;
pub mod sign_in_code;
pub mod sign_out;
