//! Lets footage go that is old, or that the disk needs the room of, and that nothing waits for.
//!
//! The row says so before the file goes: a row never promises what is gone. A file that a crash left behind is told of by
//! `duxue check`.

use std::time::Duration;

use anyhow::{Context, Result};
use duxue_rules::{
    footage::{self, Kept, LetGo, Need},
    span::Span,
};
use duxue_storage::{clip::ClipFilter, segment::Segment};
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{Parts, reconcile, request_clips};
use crate::{config::ClipsOf, wire::disk};

const PERIOD: Duration = Duration::from_secs(30);
/// So many segments are looked at at once, the oldest first.
const PAGE: u32 = 2_000;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || prune(&parts)).await;
}

async fn prune(parts: &Parts) -> Result<()> {
    let now = (parts.clock)();
    let recording = &parts.config.recording;
    let keep_since = now - SignedDuration::from_hours(24 * i64::from(recording.keep_days));
    let free = disk::room(&parts.config.recordings_dir()).map(|(free, _)| free);
    let mut missing = free.map_or(0, |free| recording.reserve_bytes.saturating_sub(free));
    let needs = needs(parts, now).await?;

    let mut removed = 0;
    let mut after = None;
    loop {
        let segments = parts.store.read().await?.kept_segments(after, PAGE).await?;
        let Some(last) = segments.last() else { break };
        let kept: Vec<Kept> =
            segments.iter().map(|s| Kept { segment: s.id, camera: s.camera, span: s.span, bytes: s.bytes }).collect();
        for (id, why) in footage::let_go(&kept, &needs, keep_since, missing) {
            if let Some(segment) = segments.iter().find(|segment| segment.id == id) {
                remove(parts, segment, why).await?;
                missing = missing.saturating_sub(segment.bytes);
                removed += 1;
            }
        }
        // What follows is younger.
        if missing == 0 && last.span.start() > keep_since {
            break;
        }
        after = Some((last.span.start(), last.id));
    }
    if missing > 0 {
        warn!(free_bytes = free, "the disk is nearly full, and no more footage may be let go");
    }
    if removed > 0 {
        info!(segments = removed, "let footage go that nothing needs");
    }
    Ok(())
}

/// Clips that wait to be cut; and what one may be cut out of, for as long as it has not been settled whether one is.
async fn needs(parts: &Parts, now: Timestamp) -> Result<Vec<Need>> {
    let mut tx = parts.store.read().await?;
    let waiting = tx.requested_clips().await?;
    let mut needs: Vec<Need> = waiting.iter().map(|clip| Need { camera: clip.camera.id, span: clip.wanted }).collect();
    if parts.config.evidence.clips != ClipsOf::None {
        for session in tx.sessions_in(Span::new(now - request_clips::AFTERMATH, now)?).await? {
            let asked = ClipFilter { session: Some(session.id), ..ClipFilter::default() };
            if tx.clips(asked, None, 1).await?.is_empty() {
                let cameras = tx.cameras_of_venue(session.venue.id).await?;
                needs.extend(cameras.iter().map(|camera| Need { camera: camera.id, span: session.span }));
            }
        }
    }
    Ok(needs)
}

async fn remove(parts: &Parts, segment: &Segment, why: LetGo) -> Result<()> {
    let mut tx = parts.store.begin().await?;
    tx.prune_segment(segment.id, (parts.clock)()).await?;
    tx.commit().await?;
    let path = parts.config.recordings_dir().join(&segment.path);
    tokio::fs::remove_file(&path).await.with_context(|| format!("{} could not be deleted", path.display()))?;
    tracing::debug!(segment.id = %segment.id, why = ?why, "let go");
    Ok(())
}
