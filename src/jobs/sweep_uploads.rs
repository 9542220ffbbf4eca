//! Ends uploads to which nothing is added any more, finishes what a crash left between disk and row, and clears away files
//! that belong to nothing.

use std::time::Duration;

use anyhow::Result;
use duxue_rules::ids::UploadId;
use duxue_storage::{
    Spool, Store, audit,
    upload::{Upload, UploadEnd, UploadFilter, UploadState, UploadStateName},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(60);
/// A file is made before its row is committed; when it is older than this, no row will come.
const BEING_MADE: SignedDuration = SignedDuration::from_hours(1);
const PAGE: u32 = 500;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || async {
        let settled = sweep(&parts.store, &parts.spool, (parts.clock)()).await?;
        if settled {
            parts.pokes.uploads.notify_one();
        }
        Ok(())
    })
    .await;
}

/// One round; whether an upload turned out to be whole.
async fn sweep(store: &Store, spool: &Spool, now: Timestamp) -> Result<bool> {
    let mut whole = false;
    let filter = UploadFilter { state: Some(UploadStateName::Receiving), ..UploadFilter::default() };
    let mut after = None;
    loop {
        let page = store.read().await?.uploads(filter, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for upload in &page {
            whole |= settle(store, spool, upload, now).await?;
        }
    }
    for id in spool.all().await? {
        if belongs_to_nothing(store, id, now).await? {
            spool.remove(id).await?;
            info!(upload.id = %id, "cleared away a file without an upload");
        }
    }
    Ok(whole)
}

/// Ends it, or finds it whole, or leaves it alone.
async fn settle(store: &Store, spool: &Spool, upload: &Upload, now: Timestamp) -> Result<bool> {
    let UploadState::Receiving { expires_at } = upload.state else { return Ok(false) };
    // Whoever is adding to it just now settles it.
    let Some(hold) = spool.hold(upload.id) else { return Ok(false) };
    let ended_by = match spool.length(upload.id).await? {
        Some(_) if hold.synced().await? == upload.length => None,
        Some(_) if now < expires_at => return Ok(false),
        Some(_) => Some(UploadEnd::Expiry),
        None => Some(UploadEnd::Loss),
    };
    let mut tx = store.begin().await?;
    let settled = match ended_by {
        None => tx.receive_upload(upload.id, now).await,
        Some(by) => tx.end_upload(upload.id, by, now).await,
    };
    if matches!(settled, Err(duxue_storage::Error::Lost { .. })) {
        return Ok(false);
    }
    settled?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: if ended_by.is_some() { "end_upload" } else { "receive_upload" }.into(),
        subject_kind: "upload".into(),
        subject_id: upload.id.to_string(),
        detail: ended_by.map_or_else(|| json!({ "bytes": upload.length }), |by| json!({ "by": by })),
    });
    tx.commit().await?;
    if ended_by.is_some() {
        spool.remove(upload.id).await?;
    }
    Ok(ended_by.is_none())
}

async fn belongs_to_nothing(store: &Store, id: UploadId, now: Timestamp) -> Result<bool> {
    Ok(match store.read().await?.upload(id).await? {
        Some(upload) => matches!(upload.state, UploadState::Ended { .. } | UploadState::Checked { .. }),
        None => {
            let made = id.0.get_timestamp().map(|stamp| stamp.to_unix().0);
            let made = made.and_then(|second| Timestamp::from_second(i64::try_from(second).ok()?).ok());
            made.is_none_or(|made| now - BEING_MADE > made)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at};
    use duxue_storage::upload::NewUpload;

    async fn announced(world: &World, spool: &Spool, bytes: &[u8]) -> UploadId {
        let id = crate::ids::new_id(at(0));
        let upload = NewUpload {
            id,
            institution: world.session.institution,
            class: world.session.class.id,
            session: None,
            claimed_start: at(0),
            name: "a.mp4".into(),
            metadata: String::new(),
            length: 4,
            expires_at: at(100),
            created_at: at(0),
            created_by: world.user,
        };
        let mut tx = world.store.begin().await.unwrap();
        tx.add_upload(&upload).await.unwrap();
        tx.commit().await.unwrap();
        spool.create(id).await.unwrap();
        std::fs::write(spool.path(id), bytes).unwrap();
        id
    }

    async fn state(world: &World, id: UploadId) -> UploadState {
        world.store.read().await.unwrap().upload(id).await.unwrap().unwrap().state
    }

    #[tokio::test]
    async fn each_upload_is_settled_as_disk_and_clock_say() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let spool = Spool::open(folder.path().join("uploads")).await.unwrap();
        let whole = announced(&world, &spool, b"1234").await;
        let half = announced(&world, &spool, b"12").await;
        let lost = announced(&world, &spool, b"").await;
        spool.remove(lost).await.unwrap();
        let stray = crate::ids::new_id(at(0));
        spool.create(stray).await.unwrap();

        assert!(sweep(&world.store, &spool, at(50)).await.unwrap(), "one had come whole");
        assert_eq!(state(&world, whole).await, UploadState::Received { received_at: at(50) });
        assert_eq!(state(&world, half).await, UploadState::Receiving { expires_at: at(100) });
        assert_eq!(state(&world, lost).await, UploadState::Ended { at: at(50), by: UploadEnd::Loss });
        assert_eq!(spool.length(stray).await.unwrap(), Some(0), "its row may be on its way");

        let holder = spool.hold(half).unwrap();
        assert!(!sweep(&world.store, &spool, at(100)).await.unwrap());
        assert_eq!(state(&world, half).await, UploadState::Receiving { expires_at: at(100) }, "somebody adds to it");
        drop(holder);

        sweep(&world.store, &spool, at(4000)).await.unwrap();
        assert_eq!(state(&world, half).await, UploadState::Ended { at: at(4000), by: UploadEnd::Expiry });
        assert_eq!(spool.all().await.unwrap(), [whole], "what is handed in stays, the rest is cleared away");
    }
}
