//! What cameras send: RTSP in; live fragments, fMP4 segments, key frames and evidence clips out.
//!
//! - A [`Source`] engine (GStreamer's `rtspsrc`) yields access units; no GStreamer type leaves this crate.
//! - One actor a camera, driven by a pure state machine, turns them into fragments: the recorder appends these to
//!   the open segment, live viewers get the same ones, and the newest key frame waits for whoever analyses it.
//! - [`recover`] finishes what a crash left open; [`clip::cut`] copies evidence out of segments without re-encoding.
//!
//! To add a codec: a variant of [`VideoCodec`], its sample entry in `mp4::init`, its caps in `source::gst`.

mod camera;
pub mod clip;
mod decode;
mod h264;
mod ingest;
mod ledger;
mod live;
mod look;
mod machine;
mod media;
mod mp4;
mod record;
pub mod source;
mod spec;
mod status;
mod track;
mod url;

use std::sync::Arc;

pub use decode::{DecodeError, DecoderPool, Picture};
pub use ingest::{Ingest, StartError, Totals};
pub use live::{LiveFragment, LiveInit, LiveItem, LiveRefusal, LiveSubscription};
pub use look::Looked;
pub use media::{AccessUnit, AudioCodec, AudioInfo, AudioUnit, KeyFrame, StreamInfo, TIMESCALE, VideoCodec};
pub use mp4::FileError;
pub use record::{Recovered, list_segments, read_segment, recover};
pub use source::{GstMissing, GstSource, Source};
pub use spec::{CameraSpec, IngestConfig, StreamKind, Transport};
pub use status::{CameraStatus, ClosedSegment, IngestEvent};
pub use url::{CameraUrl, CameraUrlError, Credentials};

/// Tells what time it is; the binary gives the real one.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;
