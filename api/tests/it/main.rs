//! The API over real storage: SQLite and a directory of objects, fakes at the camera's and the analyser's edge alone.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]

mod ask;
mod closeouts;
mod draws;
mod evidence;
mod fakes;
mod notices;
mod seed;
mod subsidies;
mod tracking;
mod verifications;
mod world;

mod bodies;
mod cameras;
mod clips;
mod days;
mod files;
mod findings;
mod inspections;
mod live;
mod log;
mod messages;
mod packages;
mod ranges;
mod reports;
mod roles;
mod roster;
mod rows;
mod secrets;
mod sign_in;
mod supervision;
mod teaching;
mod violations;
