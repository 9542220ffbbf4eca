//! One suite for both databases and both object stores. PostgreSQL comes from `scripts/test-services`.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]

mod approvals;
mod attendance;
mod audit;
mod audit_tree;
mod check;
mod classes;
mod clips;
mod closeouts;
mod common;
mod enrolment;
mod evidence;
mod exceptions;
mod findings;
mod footage;
mod inspections;
mod messages;
mod notices;
mod objects;
mod openings;
mod outage;
mod packages;
mod papers;
mod people;
mod places;
mod postgres;
mod recordings;
mod reports;
mod s3;
mod seals;
mod spool;
mod strange;
mod subsidies;
mod supervision;
mod teaching;
mod tracking;
mod upload_seals;
mod uploads;
mod violations;
mod world;
