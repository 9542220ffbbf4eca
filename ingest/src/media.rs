//! What a camera's stream consists of, whatever engine received it.

use std::sync::Arc;

use bytes::Bytes;
use duxue_rules::look::StreamPrint;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::h264;

/// Ticks of media time per second, the RTP clock of every video codec (RFC 3551 section 5).
pub const TIMESCALE: u32 = 90_000;

/// How pictures are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VideoCodec {
    /// ITU-T H.264, ISO/IEC 14496-10.
    H264,
    /// ITU-T H.265: named so that it can be refused clearly; not recorded yet.
    H265,
}

/// How sound is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AudioCodec {
    /// G.711 A-law (PCMA).
    Alaw,
    /// G.711 µ-law (PCMU).
    Ulaw,
    /// MPEG-4 AAC.
    Aac,
    /// Opus (RFC 6716).
    Opus,
}

/// What the pictures are, known before the first one. Equal values decode with the same initialisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamInfo {
    /// The codec.
    pub codec: VideoCodec,
    /// Width of the picture in pixels, after cropping.
    pub width: u32,
    /// Height of the picture in pixels, after cropping.
    pub height: u32,
    /// For H.264 the AVCDecoderConfigurationRecord (`avcC`, ISO/IEC 14496-15 section 5.3.3).
    pub codec_config: Bytes,
}

impl StreamInfo {
    /// How the stream describes itself: another encoder, or another setting of it, writes other parameter sets.
    pub fn print(&self) -> StreamPrint {
        let digest = Sha256::digest(&self.codec_config);
        StreamPrint {
            codec: h264::codec_name(&self.codec_config),
            width: self.width,
            height: self.height,
            parameters: digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// What the sound is. Engines may report it; it is not recorded yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioInfo {
    /// The codec.
    pub codec: AudioCodec,
    /// Samples per second, also the scale of [`AudioUnit::pts`].
    pub rate: u32,
    /// Number of channels.
    pub channels: u8,
    /// What a decoder needs first (AAC: AudioSpecificConfig); empty where nothing is.
    pub codec_config: Bytes,
}

/// One coded picture with everything that belongs to it (SEI too: cameras sign there).
#[derive(Clone, Debug)]
pub struct AccessUnit {
    /// When it had arrived whole, by our clock.
    pub arrival: Timestamp,
    /// When it is to be shown, in 90 kHz ticks of the sender's RTP clock, unwrapped; its zero is arbitrary but constant
    /// while a source is open. Access units come in decoding order, so with B-frames these go back and forth.
    pub pts: i64,
    /// Whether decoding can start here.
    pub key: bool,
    /// NAL units, each after its length in 4 bytes, big-endian (ISO/IEC 14496-15 section 5.3.2; not Annex B).
    pub data: Bytes,
}

/// One coded piece of sound.
#[derive(Clone, Debug)]
pub struct AudioUnit {
    /// When it had arrived, by our clock.
    pub arrival: Timestamp,
    /// When it begins, in ticks of [`AudioInfo::rate`].
    pub pts: i64,
    /// The coded bytes.
    pub data: Bytes,
}

/// The newest picture of a camera that can be decoded by itself.
#[derive(Clone, Debug)]
pub struct KeyFrame {
    /// When it was taken, on the same clock as the recorded segments.
    pub at: Timestamp,
    /// What it is.
    pub info: Arc<StreamInfo>,
    /// The access unit, as in [`AccessUnit::data`].
    pub data: Bytes,
}
