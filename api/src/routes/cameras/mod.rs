//! Cameras and what they show.

pub mod add;
pub mod change;
pub mod health;
pub mod list;
pub mod live;
mod present;
pub mod recordings;
pub mod reference;
pub mod remove;
pub mod show;
pub mod snapshot;
mod socket;
