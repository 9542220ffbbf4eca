//! The seam between a camera's protocol and everything else: an engine yields access units, or says why it cannot.

pub(crate) mod gst;
mod pictures;
mod sink;

use std::{fmt, time::Duration};

use duxue_rules::camera::OutageCause;
use tokio::sync::oneshot;

pub use self::{
    gst::{GstMissing, GstSource},
    sink::{SourceEvents, SourceSink},
};
use crate::{
    CameraUrl, Clock, Transport,
    media::{AccessUnit, AudioInfo, AudioUnit, StreamInfo},
};

/// Makes connections of one kind.
pub trait Source: Send + Sync + 'static {
    /// Begins to connect and returns at once. Everything that happens goes into `sink`.
    fn open(&self, order: SourceOrder, sink: SourceSink) -> Box<dyn OpenSource>;
}

/// A connection, or the attempt to make one.
pub trait OpenSource: Send {
    /// Tells the camera that somebody still listens. Called now and then; must return at once.
    fn keep_alive(&self);

    /// Lets go of everything; returns at once. The receiver answers when it is done.
    fn close(self: Box<Self>) -> oneshot::Receiver<()>;
}

/// What to connect to.
#[derive(Clone)]
pub struct SourceOrder {
    /// Where, and with which credentials.
    pub url: CameraUrl,
    /// How packets travel.
    pub transport: Transport,
    /// The longest wait for any answer.
    pub connect_timeout: Duration,
    /// Says when access units arrive.
    pub clock: Clock,
}

/// What an engine has to say. The last word is always `Failed`: a live stream has no proper end.
#[derive(Clone, Debug)]
pub enum SourceEvent {
    /// What the pictures are: before the first, and whenever it changes.
    Stream(StreamInfo),
    /// A picture.
    AccessUnit(AccessUnit),
    /// What the sound is.
    AudioStream(AudioInfo),
    /// Some sound.
    Audio(AudioUnit),
    /// The connection is over.
    Failed(SourceFault),
}

/// Why a connection failed.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFault {
    /// In the ledger's words.
    pub cause: OutageCause,
    /// In the camera's or network's words; without credentials.
    pub detail: String,
}

impl SourceFault {
    /// `detail` must hold no credentials.
    pub fn new(cause: OutageCause, detail: impl Into<String>) -> Self {
        Self { cause, detail: detail.into() }
    }
}

impl fmt::Debug for SourceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.cause, self.detail)
    }
}
