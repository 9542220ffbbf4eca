//! Grows the audit log's Merkle tree behind the log, and signs its length and root from time to time, so that nothing of
//! what was there can be taken back unnoticed.

use std::time::Duration;

use anyhow::Result;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(60);
/// A log that grows is signed as often as this; one that rests is not signed again.
const SIGN_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || grow(&parts, &stop)).await;
}

async fn grow(parts: &Parts, stop: &CancellationToken) -> Result<()> {
    let now = (parts.clock)();
    let mut tx = parts.store.read().await?;
    let (log, mut tree) = (tx.audit_head().await?.seq, tx.audit_tree_size().await?);
    let newest = tx.audit_checkpoint().await?;
    drop(tx);
    while i64::try_from(tree).is_ok_and(|tree| tree < log) && !stop.is_cancelled() {
        let mut tx = parts.store.begin().await?;
        let taken = tx.grow_audit_tree().await?;
        tx.commit().await?;
        if taken == 0 {
            break;
        }
        tree += u64::from(taken);
    }
    let due = newest
        .is_none_or(|newest| newest.size < tree && !(newest.signed_at..newest.signed_at + SIGN_EVERY).contains(&now));
    if due {
        let mut tx = parts.store.begin().await?;
        tx.sign_audit_tree(&parts.signing, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
