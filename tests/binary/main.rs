//! The binary as a whole: real processes, cameras, files, databases and object stores, and what goes wrong with them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod bad_cameras;
mod bad_report;
mod bad_starts;
mod database_away;
mod demo;
mod demo_full;
mod eval;
mod evidence;
mod export;
mod footage;
mod full_disk;
mod house;
mod kill_and_restart;
mod kiosk;
mod models;
mod uploads;
mod webhooks;

// Real servers and a small disk, as the tests of `storage` and `ingest` have them.
#[path = "../../storage/tests/it/postgres.rs"]
mod postgres;
#[path = "../../storage/tests/it/s3.rs"]
mod s3;
#[path = "../../ingest/tests/common/tiny_disk.rs"]
mod tiny_disk;
