//! Gives every finished segment its row, and every hole its cause. A row comes only after its file is safe.
//!
//! This consumer outlives the cameras: it drains what they left before it ends. While the database is away it waits and
//! tries again; nothing that was recorded is lost by that, as files without a row are found at the next start.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use duxue_ingest::{ClosedSegment, IngestEvent};
use duxue_rules::{camera::OutageCause, ids::CameraId, span::Span};
use duxue_storage::{Store, outage::Outage, segment::Segment};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::{Parts, reconcile};
use crate::{ids::new_id, logging::chain};

/// What every recorder was called before it had a name of its own.
const NAMELESS: &str = "local";
const BEAT: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(2);

/// Writes down what the cameras tell until they have all ended.
pub async fn run(parts: Parts, mut events: mpsc::Receiver<IngestEvent>) {
    while let Some(event) = events.recv().await {
        let mut waiting = false;
        while let Err(error) = note(&parts, &event).await {
            if !error.is_passing() {
                // Waiting would hold up every other camera. The file stays, and `duxue check` tells of it.
                error!("an event of a camera could not be written down: {}", chain(&error));
                break;
            }
            if !waiting {
                warn!("footage waits for its row: {}", chain(&error));
                waiting = true;
            }
            tokio::time::sleep(RETRY).await;
        }
        if waiting {
            info!("footage has its rows again");
        }
    }
}

/// Writes down that the recorder is alive, so that the hole a crash leaves has a beginning.
pub async fn beat(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, BEAT, || async {
        let mut tx = parts.store.begin().await?;
        tx.beat(&parts.config.node, (parts.clock)()).await?;
        Ok(tx.commit().await?)
    })
    .await;
}

async fn note(parts: &Parts, event: &IngestEvent) -> duxue_storage::Result<()> {
    let mut tx = parts.store.begin().await?;
    match event {
        IngestEvent::SegmentClosed(closed) => {
            if let Some(segment) = row(closed, (parts.clock)()) {
                tx.add_segment(&segment).await?;
            }
        }
        IngestEvent::OutageBegan { camera, at, cause, detail } => {
            let id = new_id((parts.clock)());
            let (camera, starts_at, cause) = (*camera, *at, *cause);
            tx.add_outage(&Outage { id, camera, starts_at, ends_at: None, cause, detail: detail.clone() }).await?;
        }
        IngestEvent::OutageEnded { camera, at } => {
            tx.end_outage(*camera, *at).await?;
        }
        IngestEvent::StateChanged { camera, state, cause, .. } => {
            info!(camera.id = %camera, state = ?state, cause = ?cause, "camera");
            return Ok(());
        }
    }
    tx.commit().await?;
    parts.pokes.clips.notify_one();
    Ok(())
}

/// `None` for a file that shows no time at all.
fn row(closed: &ClosedSegment, now: Timestamp) -> Option<Segment> {
    Some(Segment {
        id: new_id(now),
        camera: closed.camera,
        span: Span::new(closed.start, closed.end).ok()?,
        bytes: closed.bytes,
        sha256: closed.sha256,
        path: closed.path.to_str()?.to_owned(),
        codec: closed.codec.clone(),
        width: closed.width,
        height: closed.height,
        recovered: closed.recovered,
        pruned_at: None,
    })
}

/// What a start does before the first camera: finishes what a crash left open, gives rows to files without one, and
/// notes the time in which nobody recorded.
pub async fn catch_up(store: &Store, node: &str, recordings_dir: &Path, now: Timestamp) -> Result<()> {
    let dir = recordings_dir.to_path_buf();
    let recovered = tokio::task::spawn_blocking(move || duxue_ingest::recover(&dir)).await??;
    for (path, error) in &recovered.failed {
        warn!(path = %path.display(), "could not be recovered and is left as it is: {error}");
    }
    if !recovered.segments.is_empty() {
        info!(segments = recovered.segments.len(), "recovered what a crash had left open");
    }
    for closed in &recovered.segments {
        add(store, closed, now).await?;
    }
    let dir = recordings_dir.to_path_buf();
    for path in tokio::task::spawn_blocking(move || duxue_ingest::list_segments(&dir)).await?? {
        let known = match path.to_str() {
            Some(text) => store.read().await?.segment_at_path(text).await?.is_some(),
            None => true,
        };
        if known {
            continue;
        }
        let dir = recordings_dir.to_path_buf();
        let file = path.clone();
        match tokio::task::spawn_blocking(move || duxue_ingest::read_segment(&dir, &file)).await? {
            Ok(closed) => add(store, &closed, now).await?,
            Err(error) => warn!(path = %path.display(), "has no row and cannot be read: {error}"),
        }
    }
    note_down_time(store, node, now).await.context("the time in which nobody recorded could not be noted")
}

async fn add(store: &Store, closed: &ClosedSegment, now: Timestamp) -> Result<()> {
    let Some(segment) = row(closed, now) else { return Ok(()) };
    let mut tx = store.begin().await?;
    if tx.camera(segment.camera).await?.is_none() {
        warn!(camera.id = %segment.camera, "footage of a camera that the database does not know is left as it is");
        return Ok(());
    }
    tx.add_segment(&segment).await?;
    Ok(tx.commit().await?)
}

async fn note_down_time(store: &Store, node: &str, now: Timestamp) -> Result<()> {
    let mut tx = store.begin().await?;
    tx.inherit_beat(NAMELESS, node).await?;
    if let Some(beat) = tx.last_beat(node).await? {
        tx.close_watches_left_open(beat).await?;
        for outage in tx.open_outages().await? {
            tx.end_outage(outage.camera, beat.max(outage.starts_at)).await?;
        }
        let mut after = None;
        loop {
            let page = tx.cameras(None, after, 500).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for camera in page.iter().filter(|camera| camera.enabled) {
                let since = tx.recorded_until(camera.id).await?.map_or(beat, |until| until.max(beat));
                note_down(&mut tx, camera.id, since.max(camera.created_at), now).await?;
            }
        }
    }
    tx.beat(node, now).await?;
    Ok(tx.commit().await?)
}

async fn note_down(tx: &mut duxue_storage::Tx, camera: CameraId, since: Timestamp, now: Timestamp) -> Result<()> {
    if since >= now {
        return Ok(());
    }
    let cause = OutageCause::RecorderDown;
    tx.add_outage(&Outage { id: new_id(now), camera, starts_at: since, ends_at: Some(now), cause, detail: None })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{World, at};

    #[tokio::test]
    async fn the_time_in_which_nobody_recorded_is_noted_also_when_the_recorder_had_no_name_yet() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let recordings = folder.path().join("recordings");
        std::fs::create_dir(&recordings).unwrap();
        let mut tx = world.store.begin().await.unwrap();
        tx.beat(NAMELESS, at(100)).await.unwrap();
        tx.commit().await.unwrap();

        catch_up(&world.store, "third floor", &recordings, at(160)).await.unwrap();
        catch_up(&world.store, "third floor", &recordings, at(200)).await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        for camera in world.cameras {
            let outages = tx.outages_in(camera, world.session.span).await.unwrap();
            let noted: Vec<_> = outages.iter().map(|one| (one.starts_at, one.ends_at, one.cause)).collect();
            let down = |from, to| (at(from), Some(at(to)), OutageCause::RecorderDown);
            assert_eq!(noted, [down(100, 160), down(160, 200)]);
        }
        assert_eq!(tx.last_beat(NAMELESS).await.unwrap(), None);
    }
}
