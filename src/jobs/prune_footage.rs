//! Lets footage go that is old, or that the disk needs the room of, and that nothing waits for.
//!
//! The row says so before the file goes: a row never promises what is gone. A file that a crash left behind is told of by
//! `duxue check`.

use std::time::Duration;

use anyhow::{Context, Result};
use duxue_rules::footage::{self, Kept, LetGo, Need};
use duxue_storage::segment::Segment;
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{Parts, reconcile};
use crate::wire::disk;

const PERIOD: Duration = Duration::from_secs(30);
/// The oldest so many segments are looked at in one round.
const ROUND: u32 = 2_000;

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
    let missing = free.map_or(0, |free| recording.reserve_bytes.saturating_sub(free));

    let mut tx = parts.store.read().await?;
    let segments = tx.kept_segments(None, ROUND).await?;
    let needs: Vec<Need> = tx
        .requested_clips(1_000)
        .await?
        .iter()
        .map(|clip| Need { camera: clip.camera.id, span: clip.wanted })
        .collect();
    drop(tx);

    let kept: Vec<Kept> =
        segments.iter().map(|s| Kept { segment: s.id, camera: s.camera, span: s.span, bytes: s.bytes }).collect();
    let gone = footage::let_go(&kept, &needs, keep_since, missing);
    if gone.is_empty() && missing > 0 {
        warn!(free_bytes = free, "the disk is nearly full, and no footage may be let go");
    }
    for (id, why) in &gone {
        if let Some(segment) = segments.iter().find(|segment| segment.id == *id) {
            remove(parts, segment, *why).await?;
        }
    }
    if !gone.is_empty() {
        info!(segments = gone.len(), "let footage go that nothing needs");
    }
    Ok(())
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
