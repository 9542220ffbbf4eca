//! Lets events go that nobody will ask for any more: the audit log keeps what happened, an event is the news of it.

use std::time::Duration;

use anyhow::Result;
use duxue_storage::Store;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(3600);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let keep = SignedDuration::from_hours(24 * i64::from(parts.config.events.keep_days));
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async { prune(&parts.store, (parts.clock)() - keep, &stop).await.map(drop) })
        .await;
}

/// Everything from before `before`, a little at a time so that nobody waits long; how many.
async fn prune(store: &Store, before: Timestamp, stop: &CancellationToken) -> Result<u64> {
    let mut gone = 0;
    while !stop.is_cancelled() {
        let mut tx = store.begin().await?;
        let some = tx.prune_events(before).await?;
        tx.commit().await?;
        gone += some;
        if some == 0 {
            break;
        }
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at};
    use duxue_storage::audit::Entry;

    #[tokio::test]
    async fn what_is_old_goes_however_much_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let mut tx = world.store.begin().await.unwrap();
        for second in 0..1200 {
            tx.audit(Entry {
                at: at(second),
                actor: None,
                action: "start_class".into(),
                subject_kind: "class".into(),
                subject_id: world.session.class.id.to_string(),
                detail: serde_json::json!({}),
            });
        }
        tx.commit().await.unwrap();
        let stop = CancellationToken::new();
        assert_eq!(prune(&world.store, at(0), &stop).await.unwrap(), 0);
        assert_eq!(prune(&world.store, at(1100), &stop).await.unwrap(), 1100);
        let mut tx = world.store.read().await.unwrap();
        let left = tx.events_after(0, 1000).await.unwrap();
        assert_eq!((left.len(), left[0].at), (100, at(1100)));
        assert_eq!(tx.event_horizon().await.unwrap(), left[0].seq - 1);
    }
}
