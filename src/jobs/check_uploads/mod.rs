//! Looks at what institutions handed in: measures each video, lets the rules decide, and keeps and seals it or says why not.
//!
//! Everything before the last step can be done again. Rows and audit entries are written together, once the object and its
//! seal are safe; only then the file leaves the spool.

mod probe;
mod seal;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result};
use duxue_rules::{
    ids::UploadId,
    upload::{check, too_large_a_picture, took_too_long, unreadable},
};
use duxue_storage::{
    Error, audit, objects,
    upload::{Upload, UploadFilter, UploadState, UploadStateName, Verdict},
    upload_seal::UploadSeal,
};
use jiff::Timestamp;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use self::probe::{Probe, Probed};
use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(60);
/// Those that are looked at in one round; the next follows at once where there are more.
const PAGE: u32 = 50;
/// A video whose look takes too long is looked at so often before it is refused: the machine may have been busy. In
/// between all others have their turn.
const LOOKS: u32 = 2;

/// How often the look at a video took too long. A restart forgets it, and such a video is looked at once more.
type Slow = Mutex<HashMap<UploadId, u32>>;

/// Runs until `stop`; the video that is being looked at is decided first.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let poke = parts.pokes.uploads.clone();
    let slow = Slow::default();
    reconcile(&stop, &poke, PERIOD, || check_all(&parts, &slow, &stop)).await;
}

async fn check_all(parts: &Parts, slow: &Slow, stop: &CancellationToken) -> Result<()> {
    seal::seal_the_old(parts).await?;
    let waiting = UploadFilter { state: Some(UploadStateName::Received), ..UploadFilter::default() };
    let mut after = None;
    let mut failed = None;
    loop {
        let page = parts.store.read().await?.uploads(waiting, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for upload in &page {
            if stop.is_cancelled() {
                return Ok(());
            }
            // One that cannot be looked at does not hold up the others.
            if let Err(error) = serve(parts, upload, slow).await {
                warn!(upload.id = %upload.id, "{error:#}");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn serve(parts: &Parts, upload: &Upload, slow: &Slow) -> Result<()> {
    // Whoever asks how far it has come may hold it for a moment.
    let Some(_hold) = parts.spool.hold(upload.id) else { return Ok(()) };
    let UploadState::Received { received_at } = upload.state else { return Ok(()) };
    let Some(Judged { verdict, seal }) = judge(parts, upload, received_at, slow).await? else {
        // Its turn comes again.
        parts.pokes.uploads.notify_one();
        return Ok(());
    };
    let now = (parts.clock)();
    let mut tx = parts.store.begin().await?;
    match tx.decide_upload(upload.id, &verdict, now).await {
        Err(Error::Lost { .. }) => return Ok(()),
        decided => decided?,
    }
    let (action, detail) = match &verdict {
        Verdict::Accepted { sha256, .. } => ("accept_upload", json!({ "sha256": sha256, "bytes": upload.length })),
        Verdict::Refused { because, .. } => {
            let codes: Vec<_> = because.iter().map(|finding| &finding.code).collect();
            ("refuse_upload", json!({ "because": codes }))
        }
    };
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: action.into(),
        subject_kind: "upload".into(),
        subject_id: upload.id.to_string(),
        detail,
    });
    if let (Some(seal), Verdict::Accepted { sha256, .. }) = (&seal, &verdict) {
        tx.seal_upload(upload.id, seal).await?;
        tx.audit(seal::entry(upload, seal, sha256));
    }
    tx.commit().await?;
    parts.spool.remove(upload.id).await?;
    info!(upload.id = %upload.id, action, "looked at an upload");
    Ok(())
}

/// What is to be written down of a video.
struct Judged {
    verdict: Verdict,
    /// Of an accepted one.
    seal: Option<UploadSeal>,
}

/// `None` when it took too long, and is to be looked at again.
async fn judge(parts: &Parts, upload: &Upload, received_at: Timestamp, slow: &Slow) -> Result<Option<Judged>> {
    let in_force = parts.in_force.now().policy;
    let (policy, limits) = (&in_force.policy, &parts.config.uploads);
    let refused = |because, video| Some(Judged { verdict: Verdict::Refused { because, video }, seal: None });
    let path = parts.spool.path(upload.id);
    let video = match Probe::new(limits, policy).measure(&path).await? {
        Probed::Video(video) => video,
        Probed::Unreadable => return Ok(refused(vec![unreadable()], None)),
        Probed::TooLarge { width, height } => return Ok(refused(vec![too_large_a_picture(width, height)], None)),
        Probed::TookTooLong if once_more(slow, upload.id) => {
            warn!(upload.id = %upload.id, "looking at it took longer than uploads.check_seconds");
            return Ok(None);
        }
        Probed::TookTooLong => return Ok(refused(vec![took_too_long(limits.check_seconds)], None)),
    };
    let lesson = match upload.session {
        Some(session) => parts.store.read().await?.session(session).await?.map(|session| session.span),
        None => None,
    };
    let because = check(&video, upload.claimed_start, lesson, policy);
    if !because.is_empty() {
        return Ok(refused(because, Some(video)));
    }
    let source = tokio::fs::File::open(&path).await.context("the spool lost a received upload")?;
    let prefix = objects::upload_prefix(upload.institution.id, upload.id);
    let stored = parts.objects.put_hashed(&prefix, probe::extension(&video.container), source).await?;
    let sha256 = stored.digests.sha256.to_string();
    let seal = seal::sign(parts, &in_force, upload, received_at, &stored.key, (&video, stored.digests)).await?;
    Ok(Some(Judged { verdict: Verdict::Accepted { object: stored.key, sha256, video }, seal: Some(seal) }))
}

/// Counts a look that took too long; whether there is to be another.
fn once_more(slow: &Slow, id: UploadId) -> bool {
    let mut slow = slow.lock().unwrap_or_else(PoisonError::into_inner);
    let looks = slow.entry(id).or_default();
    *looks += 1;
    let again = *looks < LOOKS;
    if !again {
        slow.remove(&id);
    }
    again
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::new_id;

    #[test]
    fn a_slow_video_is_looked_at_twice() {
        let (slow, now) = (Slow::default(), Timestamp::UNIX_EPOCH);
        let (one, other): (UploadId, UploadId) = (new_id(now), new_id(now));
        assert_eq!([one, other, one, other].map(|id| once_more(&slow, id)), [true, true, false, false]);
        assert!(slow.lock().unwrap().is_empty(), "what was decided is forgotten");
    }
}
