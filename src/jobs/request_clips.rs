//! Asks for a clip of each teaching session, from a camera that has the footage; only inserts the row.

use std::time::Duration;

use anyhow::Result;
use duxue_rules::{evidence, span::Span};
use duxue_storage::{
    audit,
    clip::{ClipFilter, NewClip},
    session::Session,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{Parts, reconcile};
use crate::ids::new_id;

const PERIOD: Duration = Duration::from_secs(10);
/// After its end a session gets a clip even where no camera has the footage: the row then tells why there is none.
pub const AFTERMATH: SignedDuration = SignedDuration::from_mins(10);

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || request(&parts)).await;
}

async fn request(parts: &Parts) -> Result<()> {
    let now = (parts.clock)();
    let sessions = parts.store.read().await?.sessions_in(Span::new(now - AFTERMATH, now)?).await?;
    for session in sessions {
        request_one(parts, &session, now).await?;
    }
    Ok(())
}

async fn request_one(parts: &Parts, session: &Session, now: Timestamp) -> Result<()> {
    let mut tx = parts.store.begin().await?;
    let asked = tx.clips(ClipFilter { session: Some(session.id), ..ClipFilter::default() }, None, 1).await?;
    if !asked.is_empty() {
        return Ok(());
    }
    let cameras = tx.cameras_of_venue(session.venue.id).await?;
    let mut ready = None;
    for camera in &cameras {
        let (recorded, _) = tx.coverage_in(camera.id, session.span).await?;
        if evidence::clip_span(&recorded, session.span, &parts.policy.policy).is_ok() {
            ready = Some(camera.id);
            break;
        }
    }
    let over = now >= session.span.end();
    let Some(camera) = ready.or_else(|| cameras.first().filter(|_| over).map(|camera| camera.id)) else {
        return Ok(());
    };
    let id = new_id(now);
    tx.add_clip(&NewClip {
        id,
        class: session.class.id,
        session: session.id,
        camera,
        wanted: session.span,
        requested_by: None,
        requested_at: now,
        policy_version: parts.policy.version,
    })
    .await?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: "request_clip".into(),
        subject_kind: "clip".into(),
        subject_id: id.to_string(),
        detail: json!({ "session": session.id, "camera": camera }),
    });
    tx.commit().await?;
    parts.pokes.clips.notify_one();
    Ok(())
}
