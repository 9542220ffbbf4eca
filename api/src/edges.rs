//! What the api needs of cameras and of picture analysis; the binary implements it over ingest and analytics.

use std::{fs::File, path::PathBuf, sync::Arc};

use bytes::Bytes;
use duxue_rules::{
    Text,
    camera::{CameraState, OutageCause},
    ids::{CameraId, DeviceId, StudentId},
    observation::Likeness,
    span::Span,
};
use duxue_storage::liveness::Liveness;
use futures::{future::BoxFuture, stream::BoxStream};
use jiff::Timestamp;
use tokio::sync::Notify;

pub use crate::dto::camera::{Stream, Transport};
pub use duxue_storage::camera::Credentials;

/// The cameras as they run.
///
/// Futures may be dropped at any time; dropping a [`LivePictures`] ends that subscription.
pub trait Cameras: Send + Sync {
    /// How a camera does; `None` when the recorder does not (yet) run it, such as one that is switched off.
    fn status(&self, camera: CameraId) -> Option<CameraStatus>;

    /// Its live pictures, beginning with the newest key frame.
    fn live(&self, camera: CameraId, stream: Stream) -> BoxFuture<'_, Result<LivePictures, LiveRefusal>>;

    /// The newest picture.
    fn snapshot(&self, camera: CameraId) -> BoxFuture<'_, Result<Snapshot, LiveRefusal>>;

    /// Looks at an address before a camera is set up there: for some seconds at most. Dropping the future ends it.
    fn look(&self, address: LookAt) -> BoxFuture<'_, Result<Looked, LookRefusal>>;

    /// Copies what `files` hold of `wanted` into one film, from its first key frame on, without encoding anything anew. Files may
    /// be given in any order.
    fn cut(&self, _files: Vec<PathBuf>, _wanted: Span) -> BoxFuture<'_, Result<Film, CutRefusal>> {
        Box::pin(async { Err(CutRefusal::Failed) })
    }

    /// Free and total bytes of the disk that recordings go to, if the system tells.
    fn disk(&self) -> Option<DiskRoom>;
}

/// How a camera does.
#[derive(Clone, Debug, PartialEq)]
pub struct CameraStatus {
    /// What it is doing.
    pub state: CameraState,
    /// Why it is not live.
    pub cause: Option<OutageCause>,
    /// More about the cause; must hold no credentials.
    pub detail: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When the last picture came.
    pub last_frame_at: Option<Timestamp>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// RFC 6381 codec string.
    pub codec: Option<String>,
    /// Bits a second over the last seconds.
    pub bitrate_bps: Option<u64>,
    /// Whether it is being recorded.
    pub recording: bool,
}

/// A subscription to live pictures.
pub struct LivePictures {
    /// `video/mp4; codecs="…"`.
    pub mime: String,
    /// The init segment (ISO/IEC 14496-12 `ftyp` + `moov`).
    pub init: Bytes,
    /// What follows. It ends when the camera is removed or changed; the api then subscribes again.
    pub events: BoxStream<'static, LiveEvent>,
}

/// What comes over a subscription.
#[derive(Clone, Debug)]
pub enum LiveEvent {
    /// The codec changed: what follows needs this mime type and init segment.
    Init {
        /// `video/mp4; codecs="…"`.
        mime: String,
        /// The new init segment.
        init: Bytes,
    },
    /// One fragment (`moof` + `mdat`).
    Fragment(LiveFragment),
    /// This reader was too slow; the next fragment begins with a key frame.
    Lagged {
        /// How many fragments were dropped.
        lost: u64,
    },
}

/// One fragment.
#[derive(Clone, Debug)]
pub struct LiveFragment {
    /// Counts up by one.
    pub seq: u64,
    /// Whether it begins with a key frame.
    pub key: bool,
    /// When its last byte had arrived.
    pub arrival: Timestamp,
    /// `moof` + `mdat`.
    pub data: Bytes,
}

/// Why there are no live pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveRefusal {
    /// Not now: the camera is not live. Asking again later may help.
    NotLive,
    /// Never, as things are: no such stream, a codec that browsers do not play.
    Refused(Text),
}

/// The newest picture, as JPEG.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// When it was taken.
    pub at: Timestamp,
    /// The JPEG file.
    pub jpeg: Bytes,
}

/// Where to look. It is not `Debug`: credentials are never printed.
pub struct LookAt {
    /// `rtsp://host[:port]/path`, without credentials.
    pub url: String,
    /// User name and password.
    pub credentials: Option<Credentials>,
    /// How packets are to come.
    pub transport: Transport,
}

/// What a look at an address showed.
#[derive(Clone, Debug)]
pub struct Looked {
    /// A picture, as JPEG.
    pub jpeg: Bytes,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// RFC 6381 codec string.
    pub codec: String,
    /// Pictures a second, when enough came to tell.
    pub frames_per_second: Option<f32>,
    /// Bits a second, when enough came to tell.
    pub bitrate_bps: Option<u64>,
}

/// Why a look showed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookRefusal {
    /// As many are being looked at as may be at once.
    Busy,
    /// There is no picture to be had there.
    Nothing {
        /// Why.
        cause: OutageCause,
        /// In the camera's or network's words; must hold no credentials.
        detail: String,
    },
}

/// A film out of recordings: a plain MP4 file.
#[derive(Debug)]
pub struct Film {
    /// Its bytes, at their beginning. It has no name any more and is gone with this handle.
    pub file: File,
    /// From its first picture to the end of its last.
    pub span: Span,
    /// Holes in it; the film stands still there.
    pub gaps: Vec<Span>,
}

/// Why there is no film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutRefusal {
    /// As many are being cut as may be at once.
    Busy,
    /// There is no picture of that time.
    Nothing,
    /// The stream changed within that time; a film has one size and one codec.
    FormatChanged {
        /// When.
        at: Timestamp,
    },
    /// The clock was set back within that time.
    ClockSetBack {
        /// Where the later footage begins.
        at: Timestamp,
    },
    /// The footage cannot be read, or the film not be written; the log has more.
    Failed,
}

/// Room on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskRoom {
    /// Bytes free to this process.
    pub free_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// Below this many free bytes the room is called low.
    pub low_below_bytes: u64,
    /// Whether recording has stopped for want of room.
    pub full: bool,
}

/// Picture analysis.
pub trait Vision: Send + Sync {
    /// Whether it runs, with which models, or why not.
    fn status(&self) -> VisionStatus;

    /// Makes a face template out of an enrolment picture (JPEG or PNG), off the async threads.
    fn enrol(&self, picture: Bytes) -> BoxFuture<'_, Result<FaceTemplate, EnrolRefusal>>;

    /// The recogniser that runs, whose templates alone can be compared; `None` when there is none.
    fn recogniser(&self) -> Option<String>;

    /// Whom of `known` the one face of a picture (JPEG or PNG) looks most like, off the async threads. `known` are templates
    /// of the running recogniser; a student may have several. `None`: there is nobody to compare with.
    fn liken(
        &self,
        picture: Bytes,
        known: Vec<(StudentId, Vec<f32>)>,
    ) -> BoxFuture<'_, Result<Option<Likeness>, EnrolRefusal>>;

    /// The hint whether whose one face a picture shows stands before the device in person, voted over the pictures of them
    /// that it has sent just before. `None`: there is no such model, the face is too small, or nothing can be said. A hint
    /// is shown; nobody is refused for it.
    fn liveness(&self, _device: DeviceId, _picture: Bytes) -> BoxFuture<'_, Option<Liveness>> {
        Box::pin(async { None })
    }
}

/// Whether pictures are analysed.
#[derive(Clone, Debug, PartialEq)]
pub enum VisionStatus {
    /// They are.
    On {
        /// The models in use.
        models: Vec<VisionModel>,
        /// Who runs them.
        provider: VisionProvider,
        /// What the runtime says of its build; `None` where there is none.
        runtime: Option<String>,
    },
    /// They are not.
    Off {
        /// Why, and what to do.
        reason: Text,
    },
}

/// Who runs the models: `cpu`, `cuda` or `tensorrt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisionProvider {
    /// Who was asked for.
    pub wanted: &'static str,
    /// Who it is.
    pub running: &'static str,
    /// Why it is another.
    pub reason: Option<Text>,
}

impl VisionProvider {
    /// The CPU, as asked for.
    pub fn cpu() -> Self {
        Self { wanted: "cpu", running: "cpu", reason: None }
    }
}

/// One model in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisionModel {
    /// Its name.
    pub name: String,
    /// `detector`, `people`, `recogniser` or `gender`.
    pub kind: String,
    /// The file's SHA-256, in hexadecimal; `None` of what is no file.
    pub sha256: Option<String>,
    /// Its licence, by SPDX name.
    pub licence: Option<String>,
    /// Whose work it is.
    pub origin: Option<String>,
}

/// A face template on its way to storage. It is not `Debug`: a template is never printed.
pub struct FaceTemplate {
    /// The recogniser that made it.
    pub model: String,
    /// The vector.
    pub vector: Vec<f32>,
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Pixels between the eyes.
    pub eye_distance_px: f32,
    /// Variance of the Laplacian.
    pub sharpness: f32,
    /// A JPEG of the face alone, of which a template can be made again.
    pub portrait: Vec<u8>,
}

/// Why a picture gives no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrolRefusal {
    /// The picture will not do; the sender can send another.
    Picture {
        /// A stable word, such as `no_face`.
        code: String,
        /// What is wrong with it.
        text: Text,
    },
    /// Analysis is off, or failed.
    Unavailable(Text),
}

/// Wakes the reconcilers after a commit. A wake-up is a hint and carries no data.
#[derive(Clone, Default)]
pub struct Pokes {
    /// A camera was added, changed or removed.
    pub cameras: Arc<Notify>,
    /// A session or a report came.
    pub sessions: Arc<Notify>,
    /// A clip is wanted.
    pub clips: Arc<Notify>,
    /// An upload is whole.
    pub uploads: Arc<Notify>,
}
