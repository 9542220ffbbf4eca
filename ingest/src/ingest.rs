//! All cameras of a process: adding, changing and removing them, and asking how they are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use duxue_rules::{camera::CameraState, ids::CameraId};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument;

use crate::{
    CameraSpec, CameraStatus, CameraUrl, Clock, FileError, GstMissing, GstSource, IngestConfig, IngestEvent, KeyFrame,
    LiveRefusal, LiveSubscription, Looked, Source, StreamKind, Transport,
    camera::{
        self, Ends, StatusBoard,
        link::{Network, Turns},
        sub,
    },
    live::Hub,
    look,
    record::Disk,
    source,
};

/// Events that wait for the receiver, all cameras together, before they wait in the cameras.
const EVENTS_MAX: usize = 1_024;

/// Why recording cannot start at all.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// GStreamer is not usable.
    #[error(transparent)]
    Engine(#[from] GstMissing),
    /// The recordings folder cannot be made or written.
    #[error("the recordings folder cannot be used")]
    Folder(#[source] FileError),
    /// The operating system gave no threads.
    #[error("no threads for recording")]
    Threads(#[source] std::io::Error),
}

/// How many cameras do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Known, switched off ones too.
    pub cameras: usize,
    /// Pictures arrive.
    pub live: usize,
    /// Pictures reach the disk.
    pub recording: usize,
}

/// The handle to all cameras; clones are the same.
#[derive(Clone)]
pub struct Ingest {
    inner: Arc<Inner>,
}

struct Inner {
    network: Network,
    disk: Arc<Disk>,
    tracker: TaskTracker,
    stop: CancellationToken,
    cameras: Mutex<Cameras>,
}

struct Cameras {
    present: HashMap<CameraId, Camera>,
    /// Removed, and perhaps not finished yet: a camera that comes back waits for its former self.
    leaving: HashMap<CameraId, JoinHandle<()>>,
    /// Gone when the process stops, so that the receiver sees the end.
    events: Option<mpsc::Sender<IngestEvent>>,
}

struct Camera {
    spec: watch::Sender<Option<CameraSpec>>,
    status: Arc<StatusBoard>,
    hub: Arc<Hub>,
    keys: watch::Receiver<Option<KeyFrame>>,
    sub: Option<Arc<Hub>>,
    actor: JoinHandle<()>,
}

impl Ingest {
    /// Starts without any camera, with GStreamer as engine. Call [`recover`](crate::recover) first. Needs a tokio runtime.
    ///
    /// When `stop` is cancelled every camera closes its segment and account; then the receiver of events ends. Keep
    /// receiving until it does.
    pub fn start(
        config: IngestConfig,
        clock: Clock,
        tracker: &TaskTracker,
        stop: CancellationToken,
    ) -> Result<(Self, mpsc::Receiver<IngestEvent>), StartError> {
        Self::start_with(Arc::new(GstSource::new()?), config, clock, tracker, stop)
    }

    /// As [`start`](Self::start), with another engine.
    pub fn start_with(
        source: Arc<dyn Source>,
        config: IngestConfig,
        clock: Clock,
        tracker: &TaskTracker,
        stop: CancellationToken,
    ) -> Result<(Self, mpsc::Receiver<IngestEvent>), StartError> {
        let folder = &config.recordings_dir;
        std::fs::create_dir_all(folder).map_err(|error| StartError::Folder(FileError::io("create", folder)(error)))?;
        let disk = Arc::new(Disk::start(&config).map_err(StartError::Threads)?);
        let turns = Arc::new(Turns::new(config.stagger));
        let network = Network { source, turns, clock, config: Arc::new(config) };
        let (events, receiver) = mpsc::channel(EVENTS_MAX);
        let cameras = Cameras { present: HashMap::new(), leaving: HashMap::new(), events: Some(events) };
        let inner = Arc::new(Inner {
            network,
            disk,
            tracker: tracker.clone(),
            stop: stop.clone(),
            cameras: Mutex::new(cameras),
        });
        let ending = inner.clone();
        tracker.spawn(async move {
            stop.cancelled().await;
            ending.cameras().events = None;
        });
        Ok((Self { inner }, receiver))
    }

    /// Looks at an address before a camera is set up there: at most for `patience`. Needs no camera, and keeps none.
    pub async fn look(
        &self,
        url: CameraUrl,
        transport: Transport,
        patience: Duration,
    ) -> Result<Looked, source::SourceFault> {
        let network = &self.inner.network;
        let connect_timeout = network.config.connect_timeout.min(patience);
        let order = source::SourceOrder { url, transport, connect_timeout, clock: network.clock.clone() };
        look::look(&*network.source, order, patience).await
    }

    /// Adds a camera, or changes it. A spec that is equal to the present one changes nothing; a change touches only what it
    /// must. Returns at once.
    pub fn set_camera(&self, spec: CameraSpec) {
        let mut cameras = self.inner.cameras();
        if let Some(camera) = cameras.present.get(&spec.id) {
            camera.spec.send_if_modified(|present| {
                let differs = present.as_ref() != Some(&spec);
                if differs {
                    *present = Some(spec);
                }
                differs
            });
            return;
        }
        let Some(events) = cameras.events.clone() else { return };
        cameras.leaving.retain(|_, actor| !actor.is_finished());
        let predecessor = cameras.leaving.remove(&spec.id);
        let id = spec.id;
        let camera = self.inner.add(spec, events, predecessor);
        cameras.present.insert(id, camera);
    }

    /// Removes a camera; its segment is closed and its events follow. Returns at once.
    pub fn remove_camera(&self, id: CameraId) {
        let mut cameras = self.inner.cameras();
        if let Some(camera) = cameras.present.remove(&id) {
            camera.spec.send_replace(None);
            cameras.leaving.insert(id, camera.actor);
        }
    }

    /// All cameras as they are wanted, in order of identity.
    pub fn cameras(&self) -> Vec<CameraSpec> {
        let cameras = self.inner.cameras();
        let mut specs: Vec<_> = cameras.present.values().filter_map(|camera| camera.spec.borrow().clone()).collect();
        specs.sort_by_key(|spec| spec.id);
        specs
    }

    /// How a camera is now; `None` if there is no such camera.
    pub fn status(&self, id: CameraId) -> Option<CameraStatus> {
        let now = (self.inner.network.clock)();
        self.inner.cameras().present.get(&id).map(|camera| camera.read(now))
    }

    /// How many cameras do what.
    pub fn totals(&self) -> Totals {
        let now = (self.inner.network.clock)();
        let cameras = self.inner.cameras();
        let mut totals = Totals { cameras: cameras.present.len(), ..Totals::default() };
        for status in cameras.present.values().map(|camera| camera.read(now)) {
            totals.live += usize::from(status.state == CameraState::Live);
            totals.recording += usize::from(status.recording);
        }
        totals
    }

    /// Watches a stream, from the last key frame on. A sub-stream is connected for this if need be, which takes until its
    /// first key frame, at most the connection's time-out; so does a main stream that is just connecting.
    pub async fn live(&self, id: CameraId, kind: StreamKind) -> Result<LiveSubscription, LiveRefusal> {
        let patience = self.inner.network.config.connect_timeout;
        let seat = {
            let mut cameras = self.inner.cameras();
            let camera = cameras.present.get_mut(&id).ok_or(LiveRefusal::UnknownCamera)?;
            match kind {
                StreamKind::Main => camera.hub.enter(),
                StreamKind::Sub => self.inner.sub_hub(camera)?.enter(),
            }
        };
        seat.watch(patience).await
    }

    /// The newest key frame of the main stream; newer ones replace it. `None` if there is no such camera.
    pub fn key_frames(&self, id: CameraId) -> Option<watch::Receiver<Option<KeyFrame>>> {
        self.inner.cameras().present.get(&id).map(|camera| camera.keys.clone())
    }
}

impl Camera {
    fn read(&self, now: jiff::Timestamp) -> CameraStatus {
        let viewers = *self.hub.viewers().borrow() + self.sub.as_ref().map_or(0, |hub| *hub.viewers().borrow());
        self.status.read(now, viewers)
    }
}

impl Inner {
    fn cameras(&self) -> MutexGuard<'_, Cameras> {
        self.cameras.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, spec: CameraSpec, events: mpsc::Sender<IngestEvent>, predecessor: Option<JoinHandle<()>>) -> Camera {
        let status = Arc::new(StatusBoard::new((self.network.clock)()));
        let hub = Hub::new(spec.id, self.network.config.live_bytes);
        let (keys, key_frames) = watch::channel(None);
        let (spec_sender, spec_receiver) = watch::channel(Some(spec.clone()));
        let ends = Ends {
            spec: spec_receiver,
            status: status.clone(),
            hub: hub.clone(),
            keys,
            events,
            stop: self.stop.clone(),
            predecessor,
        };
        let span = tracing::info_span!("camera", camera.id = %spec.id);
        let actor =
            self.tracker.spawn(camera::run(spec, self.network.clone(), self.disk.clone(), ends).instrument(span));
        Camera { spec: spec_sender, status, hub, keys: key_frames, sub: None, actor }
    }

    /// The hub of a camera's small stream, connecting it if nobody has watched it lately.
    fn sub_hub(&self, camera: &mut Camera) -> Result<Arc<Hub>, LiveRefusal> {
        if let Some(hub) = camera.sub.as_ref().filter(|hub| !hub.is_closed()) {
            return Ok(hub.clone());
        }
        let spec = camera.spec.borrow().clone().ok_or(LiveRefusal::UnknownCamera)?;
        if spec.sub.is_none() {
            return Err(LiveRefusal::NoSubStream);
        }
        if !spec.enabled {
            return Err(LiveRefusal::NotLive {
                state: CameraState::Refused,
                cause: Some(duxue_rules::camera::OutageCause::Disabled),
                detail: None,
            });
        }
        let hub = Hub::new(spec.id, self.network.config.live_bytes);
        camera.sub = Some(hub.clone());
        let span = tracing::info_span!("camera", camera.id = %spec.id, stream = "sub");
        let run = sub::run(spec, self.network.clone(), hub.clone(), camera.spec.subscribe(), self.stop.clone());
        self.tracker.spawn(run.instrument(span));
        Ok(hub)
    }
}
