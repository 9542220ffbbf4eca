//! R9.4: standards, claims and reckonings.

pub mod claim;
mod facts;
pub mod list;
pub mod list_claims;
pub mod list_standards;
pub mod reckon;
pub mod set_standard;

pub(super) use facts::current;

/// The word under which the log has reckonings.
pub(super) const SUBJECT: &str = "subsidy";

/// The word under which the log has claims.
pub(super) const CLAIM: &str = "claim";
