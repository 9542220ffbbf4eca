//! A simulated camera, an ingest that records it, and patient waiting.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use duxue_ingest::{CameraSpec, CameraStatus, CameraUrl, Clock, Ingest, IngestConfig, IngestEvent, Transport, recover};
use duxue_rules::{camera::CameraState, ids::CameraId};
use duxue_simulator::{CameraConfig, Credentials, Simulator, SimulatorConfig, Stream, classroom};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Nothing in these tests takes this long unless it is broken.
pub const LIMIT: Duration = Duration::from_secs(60);
pub const PASSWORD: &str = "s3cr3t-of-the-camera";

pub fn simulator(cameras: usize) -> Simulator {
    Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: Some(Credentials { user: "admin".into(), password: PASSWORD.into() }),
        cameras: (0..cameras).map(|_| CameraConfig::drawn(classroom(7, 4))).collect(),
        cache_dir: Path::new(env!("CARGO_TARGET_TMPDIR")).join("sim-cache"),
    })
    .expect("the simulator starts")
}

#[expect(clippy::disallowed_methods, reason = "tests against a real camera need real time")]
pub fn clock() -> Clock {
    Arc::new(jiff::Timestamp::now)
}

pub fn camera(number: u128) -> CameraId {
    CameraId(uuid::Uuid::from_u128(number))
}

pub fn spec(sim: &Simulator, number: usize) -> CameraSpec {
    let url = |stream| CameraUrl::parse(&sim.url_with_credentials(number as _, stream)).expect("a camera's address");
    CameraSpec {
        id: camera(number as u128),
        main: url(Stream::Main),
        sub: Some(url(Stream::Sub)),
        transport: Transport::Tcp,
        revision: 1,
        enabled: true,
    }
}

/// Impatient, so that tests are quick.
pub fn config(folder: &Path) -> IngestConfig {
    IngestConfig {
        segment_max: Duration::from_secs(3),
        stall_after: Duration::from_secs(2),
        connect_timeout: Duration::from_secs(5),
        backoff_min: Duration::from_millis(200),
        backoff_max: Duration::from_secs(1),
        disk_retry: Duration::from_millis(500),
        sub_linger: Duration::from_secs(1),
        keep_alive_every: Duration::from_millis(700),
        min_free_bytes: 0,
        ..IngestConfig::new(folder)
    }
}

pub struct Recording {
    pub ingest: Ingest,
    pub events: mpsc::Receiver<IngestEvent>,
    pub seen: Vec<IngestEvent>,
    pub folder: PathBuf,
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Recording {
    pub fn start(config: IngestConfig) -> Self {
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let folder = config.recordings_dir.clone();
        recover(&folder).expect("the folder can be read");
        let (ingest, events) = Ingest::start(config, clock(), &tracker, stop.clone()).expect("ingest starts");
        Self { ingest, events, seen: Vec::new(), folder, tracker, stop }
    }

    /// Takes events until one fits.
    pub async fn until(&mut self, what: &str, mut fits: impl FnMut(&IngestEvent) -> bool) -> IngestEvent {
        let deadline = tokio::time::Instant::now() + LIMIT;
        loop {
            let event = tokio::time::timeout_at(deadline, self.events.recv()).await;
            let Ok(Some(event)) = event else { panic!("{what} did not come; came: {:#?}", self.seen) };
            self.seen.push(event.clone());
            if fits(&event) {
                return event;
            }
        }
    }

    pub async fn until_state(&mut self, id: CameraId, state: CameraState) {
        let fits = |event: &IngestEvent| matches!(event, IngestEvent::StateChanged { camera, state: now, .. } if *camera == id && *now == state);
        self.until(&format!("{state:?} of {id}"), fits).await;
    }

    pub fn status(&self, id: CameraId) -> CameraStatus {
        self.ingest.status(id).expect("the camera is known")
    }

    /// Stops everything and gives all events.
    pub async fn stop(mut self) -> Vec<IngestEvent> {
        self.stop.cancel();
        self.tracker.close();
        while let Some(event) = self.events.recv().await {
            self.seen.push(event);
        }
        self.tracker.wait().await;
        self.seen
    }
}

/// Waits for a condition, with a limit.
pub async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < LIMIT, "{what} did not come true");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What ffprobe says about a file's pictures: how many there are, and its complaints.
pub fn ffprobe_frames(path: &Path) -> (u32, String) {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames"])
        .args(["-of", "csv=p=0"])
        .arg(path)
        .output()
        .expect("ffprobe is installed");
    let count = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0);
    (count, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Where each picture's bytes are, by ffprobe: offset and size.
pub fn ffprobe_packets(path: &Path) -> Vec<(usize, usize)> {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pos,size", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .expect("ffprobe is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let pair = |line: &str| {
        let (size, at) = line.trim_end_matches(',').split_once(',')?;
        Some((at.parse().ok()?, size.parse().ok()?))
    };
    text.lines().filter_map(pair).collect()
}
