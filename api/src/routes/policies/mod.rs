//! The numbers that decisions rest on, with their history.

pub mod change;
pub mod current;
pub mod list;

use duxue_storage::Tx;

use crate::{
    dto::policy::{CurrentPolicy, PolicyVersion},
    problem::Failure,
};

/// The version in force with all its numbers.
async fn in_force(tx: &mut Tx) -> Result<CurrentPolicy, Failure> {
    let mut newest = tx.policy_versions(None, 2).await?.into_iter();
    let row = newest.next().ok_or(Failure::Internal)?;
    let stored = tx.policy(row.version).await?.ok_or(Failure::Internal)?;
    let before = newest.next().map(|row| row.numbers);
    Ok(CurrentPolicy::of(PolicyVersion::of(row, before.as_ref()), &stored.policy))
}
