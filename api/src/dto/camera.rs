//! Cameras: what they are, how they do, and what is said over the live socket.

use duxue_rules::ids::{CameraId, ClassId, SessionId, VenueId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    refs::{InstitutionRef, Text, VenueRef},
    words::{CameraState, OutageCause},
};

/// How packets come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Interleaved in the RTSP connection.
    Tcp,
    /// RTP over UDP.
    Udp,
}

/// Which of a camera's streams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// The full picture, which is recorded.
    #[default]
    Main,
    /// The small one, for walls of many.
    Sub,
}

/// A camera, how it does, and what is being taught before it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Camera {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: CameraId,
    /// Its name.
    pub name: String,
    /// Where it hangs.
    pub venue: VenueRef,
    /// Whose venue that is.
    pub institution: InstitutionRef,
    /// How packets come.
    pub transport: Transport,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether it has a sub-stream.
    pub has_sub: bool,
    /// Host and port; never credentials or path. Null for institutions.
    pub address: Option<String>,
    /// How it does.
    pub status: CameraStatus,
    /// The teaching session going on before it; null between sessions.
    pub current: Option<CurrentSession>,
}

/// How a camera does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CameraStatus {
    /// What it is doing.
    pub state: CameraState,
    /// Why it is not live, when it is not.
    pub cause: Option<OutageCause>,
    /// More about the cause, for whoever repairs it; no credentials.
    pub detail: Option<String>,
    /// Since when it has been in this state.
    pub since: Timestamp,
    /// When the last picture came.
    pub last_frame_at: Option<Timestamp>,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// RFC 6381 codec string.
    pub codec: Option<String>,
    /// Bits a second, over the last seconds.
    pub bitrate_bps: Option<u64>,
    /// Whether it is being recorded.
    pub recording: bool,
}

/// The session going on before a camera. Counts are null for who may not read findings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CurrentSession {
    /// The session.
    #[schema(value_type = Uuid)]
    pub session_id: SessionId,
    /// Its class.
    #[schema(value_type = Uuid)]
    pub class_id: ClassId,
    /// The class's name.
    pub class_name: String,
    /// When it began.
    pub starts_at: Timestamp,
    /// When it will end.
    pub ends_at: Timestamp,
    /// People in the newest sample, whether they face the camera or not.
    pub people_now: Option<u32>,
    /// People in the room, as far as the samples tell.
    pub people_likely: Option<u32>,
    /// Present by the daily report, if it has come.
    pub reported_present: Option<u32>,
    /// Open findings of this session.
    pub open_findings: Option<u32>,
}

/// A camera to add. URLs may carry `user:password@`; both streams then share the main one's credentials.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCamera {
    /// Where it hangs.
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// Its name, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// `rtsp://[user:password@]host[:port]/path` of the full picture.
    #[schema(max_length = 2000, example = "rtsp://user:password@192.0.2.10/stream1")]
    pub main_url: String,
    /// The same of the small picture, if there is one.
    #[schema(max_length = 2000)]
    pub sub_url: Option<String>,
    /// How packets come; `tcp` when not given.
    pub transport: Option<Transport>,
}

/// What to change of a camera; what is not named stays.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CameraChange {
    /// A new name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// A new main address; without credentials in it the stored ones stay while the host stays.
    #[schema(max_length = 2000)]
    pub main_url: Option<String>,
    /// A new sub-stream address; an empty one removes it.
    #[schema(max_length = 2000)]
    pub sub_url: Option<String>,
    /// How packets come.
    pub transport: Option<Transport>,
    /// On or off.
    pub enabled: Option<bool>,
}

/// A text message of the live socket. Binary messages are fMP4: after `init` the init segment, after `fragment`
/// that fragment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiveMessage {
    /// A (new) stream begins: make a source buffer of `mime`. The next binary message is the init segment.
    Init {
        /// `video/mp4; codecs="…"`.
        mime: String,
        /// What the camera is doing.
        state: CameraState,
    },
    /// The next binary message is this fragment.
    Fragment {
        /// Counts up by one; a hole means fragments were lost.
        seq: u64,
        /// Whether it begins with a key frame.
        key: bool,
        /// When the recorder had the fragment's last byte: what delay is measured from.
        arrival: Timestamp,
    },
    /// The camera's state changed.
    State {
        /// What it is doing.
        state: CameraState,
        /// Why it is not live.
        cause: Option<OutageCause>,
    },
    /// The reader was too slow; fragments were dropped and the next one begins with a key frame.
    Lagged {
        /// How many fragments were lost.
        lost: u64,
    },
    /// There is nothing to wait for; the socket closes.
    Refused {
        /// Why.
        reason: Text,
    },
}

/// Which stream to watch.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LiveQuery {
    /// `main` when not given.
    #[serde(default)]
    #[param(inline, required = false)]
    pub stream: Stream,
}

impl From<Transport> for duxue_storage::camera::Transport {
    fn from(transport: Transport) -> Self {
        match transport {
            Transport::Tcp => Self::Tcp,
            Transport::Udp => Self::Udp,
        }
    }
}

impl From<duxue_storage::camera::Transport> for Transport {
    fn from(transport: duxue_storage::camera::Transport) -> Self {
        match transport {
            duxue_storage::camera::Transport::Tcp => Self::Tcp,
            duxue_storage::camera::Transport::Udp => Self::Udp,
        }
    }
}

impl From<Stream> for duxue_storage::watch::WatchedStream {
    fn from(stream: Stream) -> Self {
        match stream {
            Stream::Main => Self::Main,
            Stream::Sub => Self::Sub,
        }
    }
}

impl From<crate::edges::CameraStatus> for CameraStatus {
    fn from(status: crate::edges::CameraStatus) -> Self {
        Self {
            state: status.state.into(),
            cause: status.cause.map(Into::into),
            detail: status.detail,
            since: status.since,
            last_frame_at: status.last_frame_at,
            width: status.width,
            height: status.height,
            codec: status.codec,
            bitrate_bps: status.bitrate_bps,
            recording: status.recording,
        }
    }
}
