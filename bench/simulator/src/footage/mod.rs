//! Encoded video in memory, made once and shared by every camera that shows it.

pub(crate) mod annexb;
pub(crate) mod cache;
pub(crate) mod encode;
pub(crate) mod file;
pub(crate) mod still;

use std::time::Duration;

use gstreamer as gst;

/// Pictures a second of everything that we encode.
pub(crate) const FPS: u32 = 25;

/// The video codecs that a camera here can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Codec {
    /// ITU-T H.264.
    H264,
    /// ITU-T H.265.
    H265,
}

/// A loop of access units.
#[derive(Clone)]
pub(crate) struct Footage {
    /// What it is encoded as.
    pub(crate) codec: Codec,
    /// Access units in order of their times, of which the first is a key frame; never empty.
    pub(crate) units: Vec<Unit>,
    /// When the loop starts over; later than every unit.
    pub(crate) length: Duration,
}

/// One picture, encoded.
#[derive(Clone)]
pub(crate) struct Unit {
    /// When it is shown, from the start of the loop.
    pub(crate) at: Duration,
    /// Whether a decoder can start here.
    pub(crate) key: bool,
    /// Annex B bytes with parameter sets before each key frame; shared, never copied for a client.
    pub(crate) data: gst::Buffer,
}

impl Footage {
    /// Footage of [`FPS`] pictures a second.
    pub(crate) fn steady(codec: Codec, units: Vec<(bool, Vec<u8>)>) -> Option<Self> {
        let frame = |n: usize| Duration::from_secs(1) * n as u32 / FPS;
        let length = frame(units.len());
        let units: Vec<Unit> = units
            .into_iter()
            .enumerate()
            .map(|(n, (key, data))| Unit { at: frame(n), key, data: gst::Buffer::from_slice(data) })
            .collect();
        units.first().is_some_and(|u| u.key).then_some(Self { codec, units, length })
    }

    /// The first unit at or after `at`, and how often the loop has ended before it.
    pub(crate) fn next_from(&self, at: Duration) -> (u32, usize) {
        let pass = (at.as_nanos() / self.length.as_nanos()) as u32;
        let inside = at - self.length * pass;
        let index = self.units.partition_point(|u| u.at < inside);
        if index == self.units.len() { (pass + 1, 0) } else { (pass, index) }
    }

    /// The last key frame at or before `at`.
    pub(crate) fn key_before(&self, at: Duration) -> &Unit {
        let inside = Duration::from_nanos((at.as_nanos() % self.length.as_nanos()) as u64);
        let end = self.units.partition_point(|u| u.at <= inside);
        self.units[..end].iter().rev().find(|u| u.key).unwrap_or(&self.units[0])
    }
}
