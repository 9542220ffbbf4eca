//! The shapes that travel: what a request may hold and what an answer holds.
//!
//! Instants are RFC 3339 in UTC, civil dates `YYYY-MM-DD` in Asia/Shanghai, identities UUID strings, names snake_case.
//! A request refuses keys it does not know. No answer has a field for a credential or a face template.

pub mod approval;
pub mod attendance;
pub mod audit;
pub mod camera;
pub mod class;
pub mod class_day;
pub mod clip;
pub mod closeout;
pub mod comparison;
pub mod device;
pub mod draw;
pub mod event;
pub mod evidence;
pub mod exception;
pub mod exchange;
pub mod file;
pub mod finding;
pub mod import;
pub mod inspection;
pub mod invitation;
pub mod kiosk;
pub mod leave;
pub mod likeness;
pub mod message;
pub mod notice;
pub mod opening;
pub mod opening_step;
pub mod page;
pub mod person;
pub mod personal_data;
pub mod punch;
pub mod recording;
pub mod refs;
pub mod report;
pub mod rule_finding;
pub mod second_factor;
pub mod statement;
pub mod student_papers;
pub mod subsidy;
pub mod summary;
pub mod supervision;
pub mod system;
pub mod teaching;
pub mod timetable;
pub mod token;
pub mod tracking;
pub mod upload;
pub mod upload_evidence;
pub mod venue;
pub mod verification;
pub mod violation;
pub mod webhook;
pub mod words;
