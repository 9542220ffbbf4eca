//! One suite for both databases and both object stores. PostgreSQL comes from `scripts/test-services`.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]

mod audit;
mod audit_tree;
mod check;
mod classes;
mod clips;
mod closeouts;
mod common;
mod evidence;
mod findings;
mod inspections;
mod messages;
mod notices;
mod objects;
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
mod strange;
mod subsidies;
mod supervision;
mod teaching;
mod tracking;
mod verifications;
mod violations;
mod world;
