//! What the api needs of cameras and of picture analysis; the binary implements it over ingest and analytics.

use std::sync::Arc;

use bytes::Bytes;
use duxue_rules::{
    Text,
    camera::{CameraState, OutageCause},
    ids::{CameraId, StudentId},
    observation::Likeness,
};
use futures::{future::BoxFuture, stream::BoxStream};
use jiff::Timestamp;
use tokio::sync::Notify;

pub use crate::dto::camera::Stream;

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
}

/// Whether pictures are analysed.
#[derive(Clone, Debug, PartialEq)]
pub enum VisionStatus {
    /// They are.
    On {
        /// The models in use: name and kind.
        models: Vec<VisionModel>,
    },
    /// They are not.
    Off {
        /// Why, and what to do.
        reason: Text,
    },
}

/// One model in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisionModel {
    /// Its name.
    pub name: String,
    /// `detector`, `recogniser` or `gender`.
    pub kind: String,
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
