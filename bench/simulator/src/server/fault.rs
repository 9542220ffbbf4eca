//! What can go wrong with a camera, by command or by script.

use serde::{Deserialize, Serialize};

use crate::script::StreamTrouble;

/// A camera's trouble, from [`crate::Simulator::set_fault`] until it is cleared or replaced by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Connections are closed, and each new one is closed at its first request.
    Drop,
    /// Connections stay and packets stop. A new client gets one picture, as much as a server needs to describe itself.
    Stall,
    /// RTP packets carry random bytes behind their headers.
    Garbage,
    /// The picture is nearly black, the stream is healthy. Within a second.
    Dark,
    /// The picture stays as it was when the fault was set, the stream is healthy. Within a second.
    Freeze,
    /// The picture size changes to 1280x720 (main) and 320x180 (sub) in mid-stream. Within a second.
    Resize,
    /// 401 to everybody, right password or not. Connections are closed.
    RefuseAuth,
    /// 404, as if the path did not exist. Connections are closed.
    NotFound,
    /// Requests are read and never answered; streams that play go on.
    NeverAnswer,
    /// The camera was switched to H.265. Connections are closed.
    H265,
    /// The stream is sound only (G.711 A-law). Connections are closed.
    AudioOnly,
}

impl Fault {
    /// Whether running connections end when this begins.
    pub(crate) fn cuts_connections(self) -> bool {
        match self {
            Self::Drop | Self::RefuseAuth | Self::NotFound | Self::H265 | Self::AudioOnly => true,
            Self::Stall | Self::Garbage | Self::Dark | Self::Freeze | Self::Resize | Self::NeverAnswer => false,
        }
    }

    /// Whether new connections get another kind of media.
    pub(crate) fn changes_media(self) -> bool {
        matches!(self, Self::H265 | Self::AudioOnly)
    }
}

impl From<StreamTrouble> for Fault {
    fn from(trouble: StreamTrouble) -> Self {
        match trouble {
            StreamTrouble::Drop => Self::Drop,
            StreamTrouble::Stall => Self::Stall,
            StreamTrouble::Garbage => Self::Garbage,
            StreamTrouble::NeverAnswer => Self::NeverAnswer,
        }
    }
}
