//! What duxue knows: one [`Store`] over SQLite or PostgreSQL, one [`Objects`] over a directory or S3, and the seal of
//! evidence.
//!
//! * [`Store::connect`] opens and, when asked, migrates; it refuses a database that it does not understand.
//! * [`Store::begin`] and [`Store::read`] give a [`Tx`]. Every query is a method of `Tx`, one aggregate a file. The
//!   caller owns the transaction: what belongs together is committed together, with its audit entries.
//! * Identities, instants and decisions come in as values; nothing here reads a clock.
//! * A look-up that finds nothing is `Ok(None)`. An UPDATE names the state it expects and answers
//!   [`Error::Lost`] when another was faster. What a person typed wrong is [`Error::Field`].
//!
//! # Adding an aggregate
//!
//! 1. A new file in `migrations/` (never edit one that was released), every constraint named.
//! 2. The constraints that input can break go into `constraint.rs`, each with its field and sentences.
//! 3. A file with the row struct, its `FromRow`, and the methods on `Tx`; SQL in the common subset of both.
//! 4. A test in `tests/` that runs on both databases through `both!`.

pub mod api_token;
pub mod approval;
pub mod audit;
pub mod audit_tree;
pub mod camera;
pub mod check;
pub mod class;
pub mod clip;
pub mod closeout;
mod connect;
pub mod consent;
mod constraint;
pub mod departure;
pub mod device;
pub mod enrolment;
mod error;
pub mod event;
mod event_retention;
mod evidence;
pub mod exception;
pub mod exchange;
pub mod file;
pub mod finding;
pub mod inspection;
pub mod institution;
pub mod invitation;
mod json;
mod key_file;
pub mod leave;
pub mod likeness;
pub mod look;
pub mod message;
pub mod monthly_summary;
mod named;
pub mod notice;
pub mod objects;
pub mod observation;
pub mod opening;
pub mod outage;
pub mod package;
pub mod password;
pub mod payment;
pub mod platform;
pub mod policy;
pub mod punch;
pub mod rekey;
pub mod repeatable;
pub mod report;
mod row;
pub mod seal;
pub mod second_factor;
pub mod secret;
pub mod segment;
pub mod selection;
pub mod session;
pub mod sign_in;
pub mod signature;
pub mod signing;
pub mod spool;
pub mod spot_check;
pub mod statement;
mod store;
pub mod student;
pub mod subsidy;
pub mod supervision;
pub mod suspension;
pub mod template;
pub mod textbook;
pub mod throttle;
pub mod timetable;
pub mod totp;
pub mod tracking;
mod tx;
pub mod unchanged;
pub mod upload;
pub mod upload_evidence;
pub mod upload_seal;
mod url;
pub mod user;
mod value;
pub mod venue;
pub mod venue_approval;
pub mod verification;
pub mod violation;
pub mod watch;
pub mod webhook;

pub use connect::ConnectError;
pub use error::{Error, Result};
pub use named::Named;
pub use objects::{ObjectError, Objects};
pub use secret::SecretKey;
pub use signing::{PublicKey, SigningKey};
pub use spool::Spool;
pub use store::Store;
pub use tx::Tx;
pub use url::{BadDatabaseUrl, DatabaseUrl};
