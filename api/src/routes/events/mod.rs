//! What happened, as it happens.

pub mod list;
