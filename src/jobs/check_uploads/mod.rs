//! Looks at what institutions handed in: measures each video, lets the rules decide, and keeps it or says why not.
//!
//! Everything before the last step can be done again. Row and audit entry are written together, once the object is safe;
//! only then the file leaves the spool.

mod probe;

use std::time::Duration;

use anyhow::{Context, Result};
use duxue_rules::upload::{check, unreadable};
use duxue_storage::{
    Error, audit, objects,
    upload::{Upload, UploadFilter, UploadStateName, Verdict},
};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use self::probe::{Probe, Probed};
use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(60);
/// Those that are looked at in one round; the next follows at once where there are more.
const PAGE: u32 = 50;

/// Runs until `stop`; the video that is being looked at is decided first.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let poke = parts.pokes.uploads.clone();
    reconcile(&stop, &poke, PERIOD, || check_all(&parts, &stop)).await;
}

async fn check_all(parts: &Parts, stop: &CancellationToken) -> Result<()> {
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
            if let Err(error) = serve(parts, upload).await {
                warn!(upload.id = %upload.id, "{error:#}");
                failed = Some(error);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn serve(parts: &Parts, upload: &Upload) -> Result<()> {
    // Whoever asks how far it has come may hold it for a moment.
    let Some(_hold) = parts.spool.hold(upload.id) else { return Ok(()) };
    let verdict = judge(parts, upload).await?;
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
    tx.commit().await?;
    parts.spool.remove(upload.id).await?;
    info!(upload.id = %upload.id, action, "looked at an upload");
    Ok(())
}

async fn judge(parts: &Parts, upload: &Upload) -> Result<Verdict> {
    let policy = &parts.policy.policy;
    let path = parts.spool.path(upload.id);
    let video = match Probe::new(&parts.config.uploads, policy).measure(&path).await? {
        Probed::Video(video) => video,
        Probed::Unreadable => return Ok(Verdict::Refused { because: vec![unreadable()], video: None }),
    };
    let lesson = match upload.session {
        Some(session) => parts.store.read().await?.session(session).await?.map(|session| session.span),
        None => None,
    };
    let because = check(&video, upload.claimed_start, lesson, policy);
    if !because.is_empty() {
        return Ok(Verdict::Refused { because, video: Some(video) });
    }
    let source = tokio::fs::File::open(&path).await.context("the spool lost a received upload")?;
    let prefix = objects::upload_prefix(upload.institution.id, upload.id);
    let stored = parts.objects.put_hashed(&prefix, probe::extension(&video.container), source).await?;
    Ok(Verdict::Accepted { object: stored.key, sha256: stored.digests.sha256.to_string(), video })
}
