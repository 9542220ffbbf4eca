//! [`duxue_api::edges::Cameras`] over [`duxue_ingest::Ingest`].

use std::{path::PathBuf, sync::Arc, time::Duration};

use duxue_analytics::encode_jpeg;
use duxue_api::edges::{
    self, CutRefusal, DiskRoom, Film, LiveEvent, LivePictures, LiveRefusal, LookAt, LookRefusal, Looked, Snapshot,
};
use duxue_ingest::{
    CameraUrl, Credentials, DecoderPool, Ingest, LiveItem, LiveSubscription, Picture, StreamKind, Transport,
};
use duxue_rules::{
    Text,
    camera::{CameraState, OutageCause},
    ids::CameraId,
    span::Span,
};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use tokio::sync::Semaphore;

use super::{disk, films};

/// JPEG quality of snapshots and findings' frames.
pub const JPEG_QUALITY: u8 = 85;

/// The cameras of this node.
pub struct IngestCameras {
    /// Who runs them.
    pub ingest: Ingest,
    /// Who turns a key frame into a picture.
    pub decoders: DecoderPool,
    /// Where footage goes.
    pub recordings_dir: PathBuf,
    /// Below this much room the disk is called low.
    pub reserve_bytes: u64,
    /// A turn for each look at an address.
    pub looks: Arc<Semaphore>,
    /// Cuts stretches out of what was recorded.
    pub films: films::Films,
}

/// How long a look at an address may take.
const LOOK_PATIENCE: Duration = Duration::from_secs(12);
/// How many addresses are looked at at once: each is a connection and a decoded picture beside the recording.
const LOOKS_AT_ONCE: usize = 2;

impl IngestCameras {
    /// The turns of looks.
    pub fn looks() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(LOOKS_AT_ONCE))
    }
}

impl edges::Cameras for IngestCameras {
    fn status(&self, camera: CameraId) -> Option<edges::CameraStatus> {
        self.ingest.status(camera).map(|status| {
            let (cause, detail) = match status.recording_problem {
                Some((cause, detail)) if status.state == CameraState::Live => (Some(cause), Some(detail)),
                _ => (status.cause, status.detail),
            };
            edges::CameraStatus {
                state: status.state,
                cause,
                detail,
                since: status.since,
                last_frame_at: status.last_frame_at,
                width: status.width,
                height: status.height,
                codec: status.codec,
                bitrate_bps: Some(status.bitrate_bps),
                recording: status.recording,
            }
        })
    }

    fn live(&self, camera: CameraId, stream: edges::Stream) -> BoxFuture<'_, Result<LivePictures, LiveRefusal>> {
        let kind = match stream {
            edges::Stream::Main => StreamKind::Main,
            edges::Stream::Sub => StreamKind::Sub,
        };
        async move {
            let subscription = self.ingest.live(camera, kind).await.map_err(refusal)?;
            Ok(LivePictures {
                mime: subscription.first.mime.clone(),
                init: subscription.first.init.clone(),
                events: stream::unfold(subscription, next_event).boxed(),
            })
        }
        .boxed()
    }

    fn snapshot(&self, camera: CameraId) -> BoxFuture<'_, Result<Snapshot, LiveRefusal>> {
        async move {
            let newest = self.ingest.key_frames(camera).and_then(|frames| frames.borrow().clone());
            let frame = newest.ok_or(LiveRefusal::NotLive)?;
            let picture = self.decoders.decode(&frame, Some(1280)).await.map_err(|_| LiveRefusal::NotLive)?;
            let at = picture.at;
            let jpeg = jpeg(picture).await.ok_or(LiveRefusal::NotLive)?;
            Ok(Snapshot { at, jpeg: jpeg.into() })
        }
        .boxed()
    }

    fn look(&self, at: LookAt) -> BoxFuture<'_, Result<Looked, LookRefusal>> {
        async move {
            let _turn = self.looks.clone().try_acquire_owned().map_err(|_| LookRefusal::Busy)?;
            let nothing = |cause, detail: String| LookRefusal::Nothing { cause, detail };
            // The address was taken apart already; its own words could repeat a password.
            let url = CameraUrl::parse(&at.url).map_err(|_| nothing(OutageCause::NotFound, String::new()))?;
            let known = at.credentials.map(|c| Credentials { username: c.username, password: c.password });
            let transport = match at.transport {
                edges::Transport::Tcp => Transport::Tcp,
                edges::Transport::Udp => Transport::Udp,
            };
            let looked = self.ingest.look(url.with_credentials(known), transport, LOOK_PATIENCE).await;
            let looked = looked.map_err(|fault| nothing(fault.cause, fault.detail))?;
            let undecodable = || nothing(OutageCause::CorruptStream, "the picture could not be decoded".to_owned());
            let picture = self.decoders.decode(&looked.key, Some(1280)).await.map_err(|_| undecodable())?;
            let jpeg = jpeg(picture).await.ok_or_else(undecodable)?;
            Ok(Looked {
                jpeg: jpeg.into(),
                width: looked.key.info.width,
                height: looked.key.info.height,
                codec: looked.codec,
                frames_per_second: looked.frames_per_second,
                bitrate_bps: looked.bitrate_bps,
            })
        }
        .boxed()
    }

    fn cut(&self, files: Vec<PathBuf>, wanted: Span) -> BoxFuture<'_, Result<Film, CutRefusal>> {
        self.films.cut(files, wanted).boxed()
    }

    fn disk(&self) -> Option<DiskRoom> {
        let (free_bytes, total_bytes) = disk::room(&self.recordings_dir)?;
        let full = self.ingest.cameras().iter().filter_map(|spec| self.ingest.status(spec.id)).any(|status| {
            matches!(status.recording_problem, Some((OutageCause::DiskFull, _)))
                || status.cause == Some(OutageCause::DiskFull)
        });
        Some(DiskRoom { free_bytes, total_bytes, low_below_bytes: self.reserve_bytes, full })
    }
}

/// Encodes off the async threads. `None` when the picture cannot be encoded.
pub async fn jpeg(picture: Picture) -> Option<Vec<u8>> {
    tokio::task::spawn_blocking(move || {
        let view = duxue_analytics::Picture::new(picture.width, picture.height, &picture.bgr).ok()?;
        encode_jpeg(view, None, JPEG_QUALITY).ok()
    })
    .await
    .ok()
    .flatten()
}

/// A changed codec ends the stream: the browser needs a new init segment, and the api subscribes again.
async fn next_event(mut subscription: LiveSubscription) -> Option<(LiveEvent, LiveSubscription)> {
    match subscription.next().await? {
        LiveItem::Init(_) => None,
        LiveItem::Lagged { lost } => Some((LiveEvent::Lagged { lost }, subscription)),
        LiveItem::Fragment(fragment) => {
            let fragment = edges::LiveFragment {
                seq: fragment.seq,
                key: fragment.key,
                arrival: fragment.arrival,
                data: fragment.data,
            };
            Some((LiveEvent::Fragment(fragment), subscription))
        }
    }
}

fn refusal(refusal: duxue_ingest::LiveRefusal) -> LiveRefusal {
    use duxue_ingest::LiveRefusal as R;
    match refusal {
        R::UnknownCamera => LiveRefusal::NotLive,
        R::NoSubStream => LiveRefusal::Refused(Text {
            zh: "该摄像机没有子码流。".into(),
            en: "This camera has no sub-stream.".into(),
        }),
        R::NotLive { state: CameraState::Refused, detail, .. } => {
            let why = detail.unwrap_or_default();
            LiveRefusal::Refused(Text {
                zh: format!("摄像机无法播放：{why}"),
                en: format!("The camera cannot be shown: {why}"),
            })
        }
        R::NotLive { .. } => LiveRefusal::NotLive,
    }
}

#[cfg(test)]
mod tests {
    use duxue_api::edges::Cameras;
    use duxue_ingest::IngestConfig;
    use duxue_simulator::{CameraConfig, Simulator, SimulatorConfig, Stream, classroom};
    use tempfile::TempDir;
    use tokio_util::{sync::CancellationToken, task::TaskTracker};

    use super::*;

    /// A drawn classroom behind a password.
    async fn simulator(dir: &TempDir) -> Simulator {
        let config = SimulatorConfig {
            address: "127.0.0.1".into(),
            port: 0,
            credentials: Some(duxue_simulator::Credentials { user: "admin".into(), password: "hunter2".into() }),
            cameras: vec![CameraConfig::drawn(classroom(1, 3))],
            cache_dir: dir.path().join("cache"),
        };
        tokio::task::spawn_blocking(move || Simulator::start(config)).await.unwrap().unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_address_is_looked_at_before_a_camera_is_there() {
        let dir = TempDir::new().unwrap();
        let simulator = simulator(&dir).await;
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let config = IngestConfig::new(dir.path().join("recordings"));
        let (ingest, _events) = Ingest::start(config, crate::clock::system(), &tasks, stop.clone()).unwrap();
        let cameras = IngestCameras {
            ingest,
            decoders: DecoderPool::new(1).unwrap(),
            recordings_dir: dir.path().join("recordings"),
            reserve_bytes: 0,
            looks: IngestCameras::looks(),
            films: films::Films::below(dir.path()),
        };
        let url = CameraUrl::parse(&simulator.url(1, Stream::Main)).unwrap();
        let look = |url: &str, password: &str| {
            let credentials = Some(edges::Credentials { username: "admin".into(), password: password.to_owned() });
            cameras.look(LookAt { url: url.to_owned(), credentials, transport: edges::Transport::Tcp })
        };
        let seen = look(url.address(), "hunter2").await.unwrap();
        assert!(seen.jpeg.starts_with(b"\xff\xd8") && seen.codec.starts_with("avc1."), "{}", seen.codec);
        assert!(seen.width >= 640 && seen.frames_per_second.is_some_and(|rate| rate > 1.0), "{seen:?}");
        let Err(LookRefusal::Nothing { cause, detail }) = look(url.address(), "wrong").await else { panic!("refused") };
        assert_eq!(cause, OutageCause::Unauthorized, "{detail}");
        assert!(!detail.contains("wrong") && !detail.contains("admin"), "{detail}");
        let nowhere = look("rtsp://127.0.0.1:9/main", "hunter2").await;
        assert!(matches!(nowhere, Err(LookRefusal::Nothing { cause: OutageCause::Unreachable, .. })), "{nowhere:?}");
        let turns: Vec<_> = (0..LOOKS_AT_ONCE).map(|_| cameras.looks.clone().try_acquire_owned().unwrap()).collect();
        assert!(matches!(look(url.address(), "hunter2").await, Err(LookRefusal::Busy)));
        drop(turns);
        stop.cancel();
        tokio::task::spawn_blocking(move || drop(simulator)).await.unwrap();
    }
}
