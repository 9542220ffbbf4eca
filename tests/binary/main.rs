//! The binary as a whole: real processes, cameras, files, databases and object stores, and what goes wrong with them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod bad_cameras;
mod bad_report;
mod bad_starts;
mod database_away;
mod demo;
mod demo_full;
