//! The API over real storage: SQLite and a directory of objects, fakes at the camera's and the analyser's edge alone.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]

mod ask;
mod closeouts;
mod draws;
mod evidence;
mod exceptions;
mod fakes;
mod notices;
mod seed;
mod subsidies;
mod tracking;
mod world;

mod approvals;
mod attendance;
mod bodies;
mod cameras;
mod clips;
mod days;
mod devices;
mod enrolment;
mod files;
mod findings;
mod footage;
mod forms;
mod inspections;
mod leaves;
mod live;
mod log;
mod messages;
mod opening;
mod packages;
mod punches;
mod ranges;
mod reports;
mod roles;
mod roster;
mod rows;
mod secrets;
mod sign_in;
mod statements;
mod supervision;
mod teaching;
mod uploads;
mod violations;
