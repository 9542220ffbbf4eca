//! Looks at each camera of a running teaching session, every so often: newest key frame → faces → observation.
//!
//! The newest frame wins. A camera whose last sample is still being worked on skips one, and that is counted.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use duxue_analytics::{Embedding, Gallery, Measured, OwnedPicture};
use duxue_ingest::KeyFrame;
use duxue_rules::{
    ids::{CameraId, ClassId, ObservationId, SessionId, StudentId},
    observation::Observation,
    span::Span,
};
use jiff::{SignedDuration, Timestamp};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, info, warn};

use super::{Parts, reconcile};
use crate::{ids::new_id, wire::vision::Eyes};

/// The width of the picture that waits for the judge.
const SPOOL_WIDTH: u32 = 1280;
const SPOOL_QUALITY: u8 = 80;

/// What is remembered of a camera between two samples.
#[derive(Default)]
struct Memory {
    busy: bool,
    last_at: Option<Timestamp>,
    measured: Option<Measured>,
}

type Memories = Arc<Mutex<HashMap<CameraId, Memory>>>;

/// Runs until `stop`; samples that have begun are finished by the tasks on `tasks`.
pub async fn run(parts: Parts, stop: CancellationToken, tasks: TaskTracker) {
    let Some(eyes) = parts.vision.eyes().cloned() else { return };
    let memories = Memories::default();
    let skipped = Arc::new(AtomicU64::new(0));
    let period = Duration::from_secs(parts.config.analysis.sample_seconds.into());
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, period, || async {
        for (session, class, camera) in due(&parts).await? {
            if !begin(&memories, camera) {
                let total = skipped.fetch_add(1, Ordering::Relaxed) + 1;
                debug!(camera.id = %camera, total, "a sample was skipped: the last one is still being worked on");
                continue;
            }
            let (parts, eyes, memories) = (parts.clone(), eyes.clone(), memories.clone());
            tasks.spawn(async move {
                if let Err(error) = sample(&parts, &eyes, &memories, session, class, camera).await {
                    warn!(camera.id = %camera, "a sample failed: {error:#}");
                }
                with(&memories, camera, |memory| memory.busy = false);
            });
        }
        Ok(())
    })
    .await;
    info!(skipped = skipped.load(Ordering::Relaxed), "sampling has stopped");
}

/// The cameras of the venues where a session runs now.
async fn due(parts: &Parts) -> Result<Vec<(SessionId, ClassId, CameraId)>> {
    let now = (parts.clock)();
    let mut tx = parts.store.read().await?;
    let mut due = Vec::new();
    for session in tx.sessions_in(Span::new(now, now + SignedDuration::from_micros(1))?).await? {
        for camera in tx.cameras_of_venue(session.venue.id).await? {
            if camera.enabled && camera.removed_at.is_none() {
                due.push((session.id, session.class.id, camera.id));
            }
        }
    }
    Ok(due)
}

async fn sample(
    parts: &Parts,
    eyes: &Eyes,
    memories: &Memories,
    session: SessionId,
    class: ClassId,
    camera: CameraId,
) -> Result<()> {
    let Some(frame) = fresh_frame(parts, memories, camera) else { return Ok(()) };
    let decoded = parts.decoders.decode(&frame, None).await.context("the key frame could not be decoded")?;
    let picture = Arc::new(OwnedPicture::new(decoded.width, decoded.height, decoded.bgr)?);
    let policy = parts.in_force.now().policy;
    let observed = eyes.observe(picture.clone(), &policy.policy).await.map_err(|why| anyhow!(why))?;
    let gallery = gallery(parts, eyes, class).await?;

    let before = with(memories, camera, |memory| memory.measured.take());
    let measuring = picture.clone();
    let measured =
        tokio::task::spawn_blocking(move || duxue_analytics::measures(measuring.view(), before.as_ref())).await?;
    let observation = Observation {
        id: new_id(frame.at),
        session,
        camera,
        at: frame.at,
        faces: observed.seen(gallery.as_ref()),
        faceless: observed.seen_faceless(),
        picture: measured.picture,
    };
    with(memories, camera, |memory| {
        memory.last_at = Some(frame.at);
        memory.measured = Some(measured);
    });

    // The picture first: an observation may be asked for its picture as soon as it is there.
    let path = spooled(&parts.config.spool_dir(), session, observation.id);
    tokio::task::spawn_blocking(move || spool(&path, &picture)).await??;
    let mut tx = parts.store.begin().await?;
    tx.add_observation(&observation).await?;
    tx.commit().await?;
    parts.observed.notify_one();
    Ok(())
}

/// The camera's newest key frame, unless it was looked at already or is older than two periods: then the camera is not
/// live, and that is told by its outage.
fn fresh_frame(parts: &Parts, memories: &Memories, camera: CameraId) -> Option<KeyFrame> {
    let frame = parts.ingest.key_frames(camera)?.borrow().clone()?;
    let last = with(memories, camera, |memory| memory.last_at);
    let limit = SignedDuration::from_secs(2 * i64::from(parts.config.analysis.sample_seconds).max(5));
    let age = (parts.clock)().duration_since(frame.at);
    (last.is_none_or(|last| last < frame.at) && age < limit).then_some(frame)
}

async fn gallery(parts: &Parts, eyes: &Eyes, class: ClassId) -> Result<Option<Gallery>> {
    let Some(model) = eyes.recogniser() else { return Ok(None) };
    let templates = parts.store.read().await?.templates_of_class(class, model, &parts.secret).await?;
    let entries: Vec<(StudentId, Embedding)> = templates
        .into_iter()
        .filter_map(|(student, vector)| Some((student, Embedding::new(model, vector).ok()?)))
        .collect();
    Ok(Some(Gallery::new(model, entries)))
}

fn spool(path: &Path, picture: &OwnedPicture) -> Result<()> {
    let jpeg = duxue_analytics::encode_jpeg(picture.view(), Some(SPOOL_WIDTH), SPOOL_QUALITY)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, jpeg).with_context(|| format!("{} could not be written", path.display()))
}

/// Where the picture of an observation waits for the judge.
pub fn spooled(spool: &Path, session: SessionId, observation: ObservationId) -> PathBuf {
    spool.join(session.to_string()).join(format!("{observation}.jpg"))
}

/// Whether the camera was free; it is busy now.
fn begin(memories: &Memories, camera: CameraId) -> bool {
    with(memories, camera, |memory| !std::mem::replace(&mut memory.busy, true))
}

fn with<T>(memories: &Memories, camera: CameraId, change: impl FnOnce(&mut Memory) -> T) -> T {
    let mut memories = memories.lock().unwrap_or_else(PoisonError::into_inner);
    change(memories.entry(camera).or_default())
}
