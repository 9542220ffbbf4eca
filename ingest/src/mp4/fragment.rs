//! One fragment: some pictures in decoding order with their times, ready for a file or a browser.

use bytes::Bytes;
use jiff::Timestamp;
use mp4_atom::{Encode, FourCC, Header, Mfhd, Moof, Prft, ReferenceTime, Tfdt, Tfhd, Traf, Trun, TrunEntry};

use super::{
    anchor::Anchor,
    init::{BoxError, TRACK},
};

/// `sample_depends_on = 2`: decoding can start here (ISO/IEC 14496-12 section 8.8.3).
const FLAGS_KEY: u32 = 0x0200_0000;
/// `sample_depends_on = 1` and `sample_is_non_sync_sample`.
const FLAGS_DELTA: u32 = 0x0101_0000;

/// Whether a sample's flags say that decoding can start there.
pub(crate) fn is_key(flags: u32) -> bool {
    flags & 0x0001_0000 == 0
}

/// The place of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// Ticks until the next picture in decoding order.
    pub duration: u32,
    pub size: u32,
    pub key: bool,
    /// Showing time minus decoding time, in ticks.
    pub offset: i32,
}

/// Whole pictures, at least one.
#[derive(Clone, Debug)]
pub(crate) struct Fragment {
    /// Decoding time of the first picture on the stream's own time line.
    pub dts: i64,
    pub samples: Vec<Sample>,
    /// The pictures' bytes, one after the other.
    pub payload: Bytes,
    /// Ties the stream's time line to UTC.
    pub anchor: Anchor,
    /// When the newest picture had arrived.
    pub arrival: Timestamp,
}

impl Fragment {
    /// Whether decoding can start at its first picture.
    pub(crate) fn starts_with_key(&self) -> bool {
        self.samples.first().is_some_and(|sample| sample.key)
    }

    /// Showing time of the first picture.
    pub(crate) fn first_pts(&self) -> i64 {
        self.dts + self.samples.first().map_or(0, |sample| i64::from(sample.offset))
    }

    /// The sum of its pictures' durations, in ticks.
    pub(crate) fn ticks(&self) -> i64 {
        self.samples.iter().map(|sample| i64::from(sample.duration)).sum()
    }

    /// Everything before the pictures: `prft`, `moof` and the head of `mdat`, on a time line whose zero is at `base`.
    pub(crate) fn head(&self, base: i64, sequence: u32) -> Result<Vec<u8>, BoxError> {
        let late = |what: &str| BoxError(format!("{what} lies before the stream's zero"));
        let media_time = u64::try_from(self.first_pts() - base).map_err(|_| late("a picture"))?;
        let decode_time = u64::try_from(self.dts - base).map_err(|_| late("a decoding time"))?;
        let size = 8 + self.payload.len();
        if u32::try_from(size).is_err() {
            return Err(BoxError("a fragment of more than 4 GiB".into()));
        }

        let mut out = Vec::with_capacity(160 + 16 * self.samples.len());
        Prft {
            reference_track_id: TRACK,
            ntp_timestamp: self.anchor.ntp(self.first_pts()),
            media_time,
            utc_time_semantics: ReferenceTime::RealTime,
        }
        .encode(&mut out)?;
        let start = out.len();
        let mut moof = self.moof(decode_time, sequence);
        moof.encode(&mut out)?;
        // The offset of the pictures is known once the moof's size is; it does not change that size.
        let offset = i32::try_from(out.len() - start + 8).map_err(|_| BoxError("too many pictures".into()))?;
        moof.traf[0].trun[0].data_offset = Some(offset);
        out.truncate(start);
        moof.encode(&mut out)?;
        Header { kind: FourCC::new(b"mdat"), size: Some(self.payload.len()) }.encode(&mut out)?;
        Ok(out)
    }

    fn moof(&self, decode_time: u64, sequence: u32) -> Moof {
        let entries: Vec<TrunEntry> = self
            .samples
            .iter()
            .map(|sample| TrunEntry {
                duration: Some(sample.duration),
                size: Some(sample.size),
                flags: Some(if sample.key { FLAGS_KEY } else { FLAGS_DELTA }),
                cts: Some(sample.offset.into()),
            })
            .collect();
        Moof {
            mfhd: Mfhd { sequence_number: sequence },
            traf: vec![Traf {
                tfhd: Tfhd { track_id: TRACK, default_base_is_moof: true, ..Tfhd::default() },
                tfdt: Some(Tfdt { base_media_decode_time: decode_time }),
                trun: vec![Trun { data_offset: Some(0), samples: entries.into() }],
                ..Traf::default()
            }],
        }
    }
}
