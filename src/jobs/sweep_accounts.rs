//! Forgets what has run out: sign-ins, codes that were owed, failures to sign in, and requests that could be repeated.

use std::time::Duration;

use anyhow::Result;
use duxue_storage::Store;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(600);
/// Failures are counted for an hour and make wait for minutes; a request may be repeated for a day.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async { sweep(&parts.store, (parts.clock)()).await.map(drop) }).await;
}

/// One round; how many rows went.
async fn sweep(store: &Store, now: Timestamp) -> Result<u64> {
    let mut tx = store.begin().await?;
    let gone = tx.sweep_sign_ins(now).await?
        + tx.sweep_half_sign_ins(now).await?
        + tx.sweep_failed_sign_ins(now - A_DAY).await?
        + tx.sweep_requests(now - A_DAY).await?;
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at};
    use duxue_storage::{SecretKey, repeatable::RequestKey, sign_in::Token, throttle::Throttle};

    #[tokio::test]
    async fn what_has_run_out_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let user = world.store.read().await.unwrap().users(None, 1).await.unwrap().remove(0).id;
        let key = SecretKey::from_bytes(&[5; 32]);
        let mut tx = world.store.begin().await.unwrap();
        tx.add_sign_in(Token::random().unwrap().hash(), user, at(0), at(100)).await.unwrap();
        tx.add_half_sign_in(Token::random().unwrap().hash(), user, at(0), at(100)).await.unwrap();
        tx.note_failed_sign_in("user:lin", at(0), &Throttle::default()).await.unwrap();
        let request = RequestKey { principal: "user:1".into(), key: "k".into() };
        tx.claim_request(&request, [1; 32], at(0), at(0) - A_DAY, &key).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(sweep(&world.store, at(99)).await.unwrap(), 0);
        assert_eq!(sweep(&world.store, at(100)).await.unwrap(), 2);
        assert_eq!(sweep(&world.store, at(0) + A_DAY).await.unwrap(), 1, "the request that could be repeated");
        assert_eq!(sweep(&world.store, at(1) + A_DAY).await.unwrap(), 1, "the failure");
    }
}
