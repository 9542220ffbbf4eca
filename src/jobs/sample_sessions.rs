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
use duxue_analytics::{
    Embedding, Gallery, Known, Measured, OwnedPicture,
    tamper::{Scene, SceneMaker, View},
};
use duxue_ingest::KeyFrame;
use duxue_rules::{
    ids::{CameraId, ClassId, ObservationId, SessionId, StudentId},
    look::{self, Look},
    observation::Observation,
    span::Span,
};
use duxue_storage::{audit, look::NewReference, objects};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, info, warn};

use super::{Parts, reconcile};
use crate::{ids::new_id, wire::vision::Eyes};

/// The width of the picture that waits for the judge.
const SPOOL_WIDTH: u32 = 1280;
const SPOOL_QUALITY: u8 = 80;
/// Of so many samples a camera's reference picture is the middle.
const REFERENCE_SAMPLES: usize = 30;

/// What is remembered of a camera between two samples.
#[derive(Default)]
struct Memory {
    busy: bool,
    last_at: Option<Timestamp>,
    measured: Option<Measured>,
    /// Until the camera has a reference picture: what it will be made of.
    scene: SceneMaker,
    known: Known,
}

type Memories = Arc<Mutex<HashMap<CameraId, Memory>>>;

/// Runs until `stop`; samples that have begun are finished by the tasks on `tasks`.
pub async fn run(parts: Parts, stop: CancellationToken, tasks: TaskTracker) {
    let Some(eyes) = parts.vision.eyes().cloned() else { return };
    let memories = Memories::default();
    let skipped = Arc::new(AtomicU64::new(0));
    let period = Duration::from_secs(parts.config.analysis.sample_seconds.into());
    let never = tokio::sync::Notify::new();
    let round = AtomicU64::new(0);
    reconcile(&stop, &never, period, || async {
        let round = round.fetch_add(1, Ordering::Relaxed);
        for (session, class, camera) in due(&parts).await? {
            if !begin(&memories, camera) {
                let total = skipped.fetch_add(1, Ordering::Relaxed) + 1;
                debug!(camera.id = %camera, total, "a sample was skipped: the last one is still being worked on");
                continue;
            }
            let (parts, eyes, memories, stop) = (parts.clone(), eyes.clone(), memories.clone(), stop.clone());
            tasks.spawn(async move {
                let _: Option<()> = stop.run_until_cancelled(tokio::time::sleep(uneven(round, camera, period))).await;
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

/// How long a camera waits in a round, up to nine tenths of a period. At even times the samples of a replay would all fall between
/// those of the first showing, and whoever knows when to look up could; and so not all cameras are looked at together.
fn uneven(round: u64, camera: CameraId, period: Duration) -> Duration {
    // Multiples of the golden ratio fill the time evenly and in no order.
    let turn = round.wrapping_add(camera.0.as_u64_pair().1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    period.mul_f64((turn >> 40) as f64 / (1u64 << 24) as f64 * 0.9)
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
    let gallery = gallery(parts, eyes, class).await?.map(Arc::new);
    let known = with(memories, camera, |memory| std::mem::take(&mut memory.known));
    let observed = eyes.observe(picture.clone(), policy.clone(), known, gallery.clone()).await;
    let (observed, known) = observed.map_err(|why| anyhow!(why))?;
    with(memories, camera, |memory| memory.known = known);

    let before = with(memories, camera, |memory| memory.measured.take());
    let scene = scene_of(parts, camera).await?;
    let (measuring, print) = (picture.clone(), frame.info.print());
    let first = scene.is_none();
    let (measured, view, look) = tokio::task::spawn_blocking(move || {
        let measured = duxue_analytics::measures(measuring.view(), before.as_ref());
        let view = measured.view();
        let scene = scene.map(|scene| scene.matched(&view));
        let look = Look { cells: view.cells, stream: Some(print), scene };
        (measured, view, look)
    })
    .await?;
    let observation = Observation {
        id: new_id(frame.at),
        session,
        camera,
        at: frame.at,
        faces: observed.seen(gallery.as_deref()),
        faceless: observed.seen_faceless(),
        picture: measured.picture,
        look: Some(look),
    };
    with(memories, camera, |memory| {
        memory.last_at = Some(frame.at);
        memory.measured = Some(measured);
    });

    // The picture first: an observation may be asked for its picture as soon as it is there.
    let path = spooled(&parts.config.spool_dir(), session, observation.id);
    let spooled = path.clone();
    tokio::task::spawn_blocking(move || spool(&spooled, &picture)).await??;
    let mut tx = parts.store.begin().await?;
    tx.add_observation(&observation).await?;
    tx.commit().await?;
    parts.observed.notify_one();
    if first && look::may_be_reference(&observation, &policy.policy) {
        take_reference(parts, memories, &observation, view, &path).await?;
    }
    Ok(())
}

/// What the camera looked at when its reference picture was taken; `None` until there is one.
async fn scene_of(parts: &Parts, camera: CameraId) -> Result<Option<Scene>> {
    let reference = parts.store.read().await?.reference(camera).await?;
    Ok(reference.and_then(|reference| Scene::from_text(&reference.taken.scene)))
}

/// Another sample, fit for it, of a camera that has no reference picture; with enough of them it gets one.
async fn take_reference(
    parts: &Parts,
    memories: &Memories,
    seen: &Observation,
    view: View,
    spooled: &Path,
) -> Result<()> {
    let maker = with(memories, seen.camera, |memory| {
        let enough = memory.scene.push(view) >= REFERENCE_SAMPLES;
        enough.then(|| std::mem::take(&mut memory.scene))
    });
    let Some(scene) = maker.and_then(|maker| maker.finish()) else { return Ok(()) };
    let key = objects::reference_key(seen.camera, seen.id);
    parts.objects.put_small(&key, tokio::fs::read(spooled).await?).await?;
    let samples = REFERENCE_SAMPLES as u32;
    let reference =
        NewReference { camera: seen.camera, taken_at: seen.at, scene: scene.to_text(), samples, picture: Some(key) };
    let mut tx = parts.store.begin().await?;
    tx.add_reference(&reference).await?;
    tx.audit(audit::Entry {
        at: (parts.clock)(),
        actor: None,
        action: "take_reference".into(),
        subject_kind: "camera".into(),
        subject_id: seen.camera.to_string(),
        detail: json!({ "taken_at": seen.at, "samples": samples }),
    });
    Ok(tx.commit().await?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_waits_less_than_a_period_and_never_twice_the_same() {
        let (camera, period) = (CameraId(uuid::Uuid::from_u128(7)), Duration::from_secs(10));
        let mut waits: Vec<u128> = (0..40).map(|round| uneven(round, camera, period).as_millis()).collect();
        assert!(waits.iter().all(|wait| *wait < 9_000));
        waits.sort_unstable();
        let widest = waits.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(widest < Some(500) && waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert!(uneven(1, CameraId(uuid::Uuid::from_u128(8)), period) != uneven(1, camera, period));
    }
}
