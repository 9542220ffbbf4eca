//! Fragments onto the disk: few threads for all cameras, each camera always on the same one.

mod file;
mod library;

use std::{
    collections::HashMap,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use duxue_rules::{camera::OutageCause, ids::CameraId};
use jiff::Timestamp;
use tokio::sync::mpsc;

use self::file::{SegmentFile, Store};
pub use self::library::{Recovered, list_segments, read_segment, recover};
use crate::{media::StreamInfo, mp4::fragment::Fragment, spec::IngestConfig, status::ClosedSegment};

/// What may wait for the disk, per camera. More than half a minute behind, the disk cannot follow.
const WAITING_MAX: usize = 32 << 20;

/// What the disk says about a camera's segments. Each `begin` is answered by exactly one `Done`, in order.
#[derive(Debug)]
pub(crate) enum DiskReport {
    /// The first fragment of a segment is written.
    Started { start: Timestamp },
    /// A segment is finished: by request (no problem), or because it could not go on.
    Done { segment: Option<ClosedSegment>, problem: Option<DiskProblem> },
}

/// Why recording stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiskProblem {
    pub cause: OutageCause,
    pub detail: String,
}

impl DiskProblem {
    pub(crate) fn of(error: &io::Error) -> Self {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        Self { cause: if full { OutageCause::DiskFull } else { OutageCause::DiskError }, detail: error.to_string() }
    }

    fn too_slow() -> Self {
        Self {
            cause: OutageCause::DiskError,
            detail: format!("the disk is too slow: {} MiB wait to be written", WAITING_MAX >> 20),
        }
    }
}

enum Job {
    Begin { key: u64, camera: CameraId, info: Arc<StreamInfo>, report: mpsc::UnboundedSender<DiskReport> },
    Append { key: u64, fragment: Fragment, waiting: Arc<AtomicUsize> },
    End { key: u64, problem: Option<DiskProblem> },
}

/// The threads. They end when every [`Recorder`] and this are gone.
pub(crate) struct Disk {
    threads: Vec<Sender<Job>>,
    next_key: AtomicUsize,
}

impl Disk {
    pub(crate) fn start(config: &IngestConfig) -> io::Result<Self> {
        let store = Store::new(config.recordings_dir.clone(), config.min_free_bytes);
        let mut threads = Vec::new();
        for index in 0..config.disk_threads.max(1) {
            let (sender, jobs) = channel();
            let worker = Worker { store: store.clone(), sync_every: config.sync_every, open: HashMap::new() };
            thread::Builder::new().name(format!("recorder-{index}")).spawn(move || worker.run(&jobs))?;
            threads.push(sender);
        }
        Ok(Self { threads, next_key: AtomicUsize::new(0) })
    }

    /// One camera's way to the disk. Reports come on `report`.
    pub(crate) fn recorder(&self, camera: CameraId, report: mpsc::UnboundedSender<DiskReport>) -> Recorder {
        let key = self.next_key.fetch_add(1, Ordering::Relaxed);
        let jobs = self.threads[key % self.threads.len()].clone();
        Recorder { key: key as u64, camera, jobs, report, waiting: Arc::default(), open: false }
    }
}

/// The actor's end. Nothing here waits.
pub(crate) struct Recorder {
    key: u64,
    camera: CameraId,
    jobs: Sender<Job>,
    report: mpsc::UnboundedSender<DiskReport>,
    waiting: Arc<AtomicUsize>,
    open: bool,
}

impl Recorder {
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// A new segment, to which the next fragment (it starts with a key frame) belongs. Ends the open one.
    pub(crate) fn begin(&mut self, info: Arc<StreamInfo>) {
        self.end();
        self.open = true;
        self.send(Job::Begin { key: self.key, camera: self.camera, info, report: self.report.clone() });
    }

    /// Adds to the open segment. When too much waits, the segment ends with a problem instead.
    pub(crate) fn append(&mut self, fragment: Fragment) {
        if !self.open {
            return;
        }
        let bytes = fragment.payload.len();
        if self.waiting.fetch_add(bytes, Ordering::Relaxed) + bytes > WAITING_MAX {
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
            self.open = false;
            self.send(Job::End { key: self.key, problem: Some(DiskProblem::too_slow()) });
            return;
        }
        self.send(Job::Append { key: self.key, fragment, waiting: self.waiting.clone() });
    }

    /// Closes the open segment, if there is one.
    pub(crate) fn end(&mut self) {
        if std::mem::take(&mut self.open) {
            self.send(Job::End { key: self.key, problem: None });
        }
    }

    /// The disk gave up on the open segment (`Done` with a problem came).
    pub(crate) fn lost(&mut self) {
        self.open = false;
    }

    fn send(&self, job: Job) {
        // The threads outlive every recorder, unless one panicked; then the answer must still come.
        if self.jobs.send(job).is_err() {
            let problem = DiskProblem { cause: OutageCause::DiskError, detail: "the recording thread is gone".into() };
            let _ = self.report.send(DiskReport::Done { segment: None, problem: Some(problem) });
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.end();
    }
}

struct Worker {
    store: Store,
    sync_every: Duration,
    open: HashMap<u64, Open>,
}

struct Open {
    camera: CameraId,
    info: Arc<StreamInfo>,
    report: mpsc::UnboundedSender<DiskReport>,
    /// Made with the first fragment.
    file: Option<SegmentFile>,
    synced: Instant,
}

impl Worker {
    fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            match jobs.recv_timeout(self.until_next_sync()) {
                Ok(job) => self.on_job(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.sync_what_is_due();
        }
        for key in self.open.keys().copied().collect::<Vec<_>>() {
            self.end(key, None);
        }
    }

    fn until_next_sync(&self) -> Duration {
        let next = self.open.values().map(|open| self.sync_every.saturating_sub(open.synced.elapsed())).min();
        next.unwrap_or(Duration::from_secs(3600))
    }

    fn on_job(&mut self, job: Job) {
        match job {
            Job::Begin { key, camera, info, report } => {
                self.end(key, None);
                self.open.insert(key, Open { camera, info, report, file: None, synced: Instant::now() });
            }
            Job::Append { key, fragment, waiting } => {
                self.append(key, &fragment);
                waiting.fetch_sub(fragment.payload.len(), Ordering::Relaxed);
            }
            Job::End { key, problem } => self.end(key, problem),
        }
    }

    fn append(&mut self, key: u64, fragment: &Fragment) {
        // What still comes for a segment that was given up is let go; the camera has been told.
        let Some(open) = self.open.get_mut(&key) else { return };
        let first = open.file.is_none();
        let written = match &mut open.file {
            Some(file) => file.append(fragment),
            None => SegmentFile::create(&self.store, open.camera, &open.info, fragment)
                .and_then(|file| open.file.insert(file).append(fragment)),
        };
        match written {
            Ok(()) if first => {
                let _ = open.report.send(DiskReport::Started { start: fragment.anchor.wall(fragment.first_pts()) });
            }
            Ok(()) => {}
            Err(error) => self.end(key, Some(DiskProblem::of(&error))),
        }
    }

    fn sync_what_is_due(&mut self) {
        let due: Vec<u64> = self
            .open
            .iter()
            .filter(|(_, open)| open.synced.elapsed() >= self.sync_every)
            .map(|(key, _)| *key)
            .collect();
        for key in due {
            let Some(open) = self.open.get_mut(&key) else { continue };
            let synced = match &mut open.file {
                Some(file) => file.sync().and_then(|()| self.store.has_room()),
                None => Ok(()),
            };
            open.synced = Instant::now();
            if let Err(error) = synced {
                self.end(key, Some(DiskProblem::of(&error)));
            }
        }
    }

    fn end(&mut self, key: u64, problem: Option<DiskProblem>) {
        let Some(open) = self.open.remove(&key) else { return };
        let closed = open.file.map_or(Ok(None), SegmentFile::close);
        let (segment, problem) = match closed {
            Ok(segment) => (segment, problem),
            // The file stays as it is, for `recover` at the next start.
            Err(error) => (None, problem.or(Some(DiskProblem::of(&error)))),
        };
        let _ = open.report.send(DiskReport::Done { segment, problem });
    }
}
