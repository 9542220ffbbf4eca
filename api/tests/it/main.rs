//! The API over real storage: SQLite and a directory of objects, fakes at the camera's and the analyser's edge alone.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]

mod ask;
mod closeouts;
mod draws;
mod evidence;
mod exceptions;
mod exchanges;
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
mod events;
mod files;
mod findings;
mod footage;
mod forms;
mod imports;
mod inspections;
mod invitations;
mod kiosk;
mod leaves;
mod live;
mod log;
mod messages;
mod opening;
mod packages;
mod personal_data;
mod printed;
mod punches;
mod ranges;
mod repeat;
mod reports;
mod roles;
mod roster;
mod rows;
mod second_factor;
mod secrets;
mod sign_in;
mod statements;
mod supervision;
mod teaching;
mod tokens;
mod uploads;
mod violations;
