//! What the operator says about a camera, and what recording is to do.

use std::{path::PathBuf, time::Duration};

use duxue_rules::ids::CameraId;
use serde::{Deserialize, Serialize};

use crate::CameraUrl;

/// Which of a camera's two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// Full size; recorded, analysed and shown large.
    Main,
    /// Small; shown on walls of many cameras, opened only while somebody watches.
    Sub,
}

/// How the packets travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Interleaved in the RTSP connection (RFC 2326 section 10.12): loses nothing and passes firewalls.
    #[default]
    Tcp,
    /// RTP over UDP: for cameras that cannot do otherwise.
    Udp,
}

/// A camera as the operator wants it. Two equal specs behave the same; `revision` forces a new connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraSpec {
    /// Whose footage this is.
    pub id: CameraId,
    /// The full-size stream.
    pub main: CameraUrl,
    /// The small stream, where the camera has one.
    pub sub: Option<CameraUrl>,
    /// How packets travel, for both streams.
    pub transport: Transport,
    /// Grows with every change by the operator.
    pub revision: i64,
    /// A camera that is not enabled keeps its place but makes no connection.
    pub enabled: bool,
}

/// How all cameras are recorded and watched. [`new`](Self::new) gives the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct IngestConfig {
    /// Segments go to `<recordings_dir>/<camera>/<UTC date>/<start in µs>.mp4`.
    pub recordings_dir: PathBuf,
    /// A segment closes at the first key frame after this long (60 s).
    pub segment_max: Duration,
    /// A fragment is at most this long (500 ms), unless one picture lasts longer. It is what a kill -9 can lose.
    pub fragment_max: Duration,
    /// A hole in the pictures longer than this closes the segment and is reported as an outage (2 s).
    pub gap_max: Duration,
    /// Open segments are synced to the disk this often (1 s). It is what a power cut can lose.
    pub sync_every: Duration,
    /// No picture for this long makes the camera stalled and the connection new (10 s).
    pub stall_after: Duration,
    /// A connection without a first key frame after this long failed (10 s; key frames may be 4 s apart).
    pub connect_timeout: Duration,
    /// The first pause after a failure (1 s); it doubles up to `backoff_max`.
    pub backoff_min: Duration,
    /// The longest pause after failures (30 s).
    pub backoff_max: Duration,
    /// A refused camera (wrong password, unsupported codec) is asked again this seldom (10 min): often enough to
    /// recover by itself when it was repaired, too seldom to be locked out.
    pub refused_retry: Duration,
    /// Connections of different cameras start at least this far apart (40 ms).
    pub stagger: Duration,
    /// RTSP sessions are kept alive this often (15 s); the usual time-out is 60 s.
    pub keep_alive_every: Duration,
    /// After a disk error recording is tried again this often (5 s).
    pub disk_retry: Duration,
    /// Recording stops with `DiskFull` while less than this is free (256 MiB), so that the database can still write.
    pub min_free_bytes: u64,
    /// Threads that write segments (2); a camera always uses the same one.
    pub disk_threads: usize,
    /// The sub-stream is closed this long after its last viewer left (20 s).
    pub sub_linger: Duration,
    /// The most a live stream keeps in memory for late joiners and slow readers (16 MiB).
    pub live_bytes: usize,
}

impl IngestConfig {
    /// The defaults, recording into `recordings_dir`.
    pub fn new(recordings_dir: impl Into<PathBuf>) -> Self {
        Self {
            recordings_dir: recordings_dir.into(),
            segment_max: Duration::from_secs(60),
            fragment_max: Duration::from_millis(500),
            gap_max: Duration::from_secs(2),
            sync_every: Duration::from_secs(1),
            stall_after: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(10),
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(30),
            refused_retry: Duration::from_secs(600),
            stagger: Duration::from_millis(40),
            keep_alive_every: Duration::from_secs(15),
            disk_retry: Duration::from_secs(5),
            min_free_bytes: 256 << 20,
            disk_threads: 2,
            sub_linger: Duration::from_secs(20),
            live_bytes: 16 << 20,
        }
    }
}
