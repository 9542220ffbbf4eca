//! R7.3e: sick and personal leave.

pub mod cancel;
pub mod list;
pub mod record;

use duxue_rules::{
    attendance::{Leave, check_leaves},
    finding::Finding,
};

use super::attendance::Facts;

/// The word under which the audit log tells of leaves.
pub(super) const SUBJECT: &str = "leave";

/// What the rules say of a class's leaves, were `leaves` all that hold.
fn check(facts: &Facts, leaves: &[Leave]) -> Vec<Finding> {
    check_leaves(leaves, facts.members(), facts.reports())
}
