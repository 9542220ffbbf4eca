//! What is right: the training notice (抚顺市就业和人才服务中心, 2024-09-26) as pure decisions.
//!
//! A rule is a function of facts, [`policy::Policy`] and time. It returns an outcome and the reasons with the rule's ID.
//! There is no I/O here, no clock, no randomness and no async: times, identities, calendars and seeds come in as values,
//! so the same facts always give the same answer.

pub mod access;
pub mod attendance;
pub mod calendar;
pub mod camera;
pub mod catalogue;
pub mod civil;
pub mod closeout;
pub mod coverage;
pub mod crosscheck;
pub mod draw;
pub mod due;
pub mod enrolment;
pub mod event;
pub mod evidence;
pub mod finding;
pub mod footage;
mod hex;
pub mod ids;
pub mod likelihood;
pub mod look;
pub mod notice_period;
pub mod observation;
pub mod opening;
pub mod person;
pub mod policy;
pub mod report;
pub mod retention;
pub mod roster;
pub mod span;
pub mod subsidy;
pub mod supervision;
pub mod text;
pub mod timetable;
pub mod tracking;
pub mod upload;
pub mod verification;
pub mod violation;

pub use text::{Reason, RuleId, Text};
