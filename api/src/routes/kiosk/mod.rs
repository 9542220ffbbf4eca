//! R7.3a: check-in at a kiosk, which may be a page in a browser: it has the device's token and nothing else.
//!
//! A kiosk hears who it has just recognised, never who might come: "a device may punch and nothing else". Whoever refuses
//! face processing types their roster number; by itself that does not count, and a written statement goes with it (R7.3d).

pub mod face;
mod learn;
pub mod number;
pub mod show;
