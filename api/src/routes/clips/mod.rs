//! Evidence clips.

pub mod content;
pub mod list;
pub mod request;
pub mod seal;
pub mod show;
pub mod verify;
