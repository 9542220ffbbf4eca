//! What a file of footage holds, found by walking its boxes; pictures are not read unless asked.

use std::{
    fs::File,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use duxue_rules::ids::CameraId;
use jiff::Timestamp;
use mp4_atom::{Decode, Moof, Moov, Prft};

use super::{
    FileError,
    anchor::Anchor,
    fragment::{Sample, is_key},
    init::{BoxError, TRACK, parse_moov, read_head},
};
use crate::{h264, media::StreamInfo};

/// No `ftyp`, `moov` or `moof` of ours comes near this size.
const HEAD_MAX: u64 = 4 << 20;

/// How closely to look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// The boxes: enough for a file that was closed properly.
    Boxes,
    /// Also that every picture's NAL lengths add up: a power cut can leave a file longer than its content.
    Pictures,
}

#[derive(Debug)]
/// A file's head and the index of its whole fragments.
pub(crate) struct Footage {
    pub path: PathBuf,
    pub info: StreamInfo,
    pub camera: CameraId,
    pub fragments: Vec<Indexed>,
    /// Where the last whole fragment ends.
    pub whole_bytes: u64,
    pub file_bytes: u64,
}

#[derive(Debug)]
/// A fragment in a file.
pub(crate) struct Indexed {
    /// Decoding time of the first picture.
    pub dts: i64,
    pub anchor: Anchor,
    pub samples: Vec<Sample>,
    /// Where the first picture's bytes are.
    pub data_offset: u64,
}

impl Indexed {
    fn ticks(&self) -> i64 {
        self.samples.iter().map(|sample| i64::from(sample.duration)).sum()
    }
}

impl Footage {
    /// Reads the index of `file`. A torn tail is no error: see [`whole_bytes`](Self::whole_bytes).
    pub(crate) fn read(path: &Path, file: &File, depth: Depth) -> Result<Self, FileError> {
        let malformed = |error: BoxError| FileError::malformed(path, error.0);
        let mut walk = Walk::new(path, file)?;
        let file_bytes = walk.end;

        let moov = walk.moov()?;
        let (info, camera) = read_head(&moov).map_err(malformed)?;

        let mut footage =
            Self { path: path.into(), info, camera, fragments: Vec::new(), whole_bytes: walk.at, file_bytes };
        let mut expected_dts = None;
        while let Some(fragment) = walk.next_fragment(depth)? {
            if expected_dts.is_some_and(|expected| expected != fragment.dts) {
                break;
            }
            expected_dts = Some(fragment.dts + fragment.ticks());
            footage.whole_bytes = walk.at;
            footage.fragments.push(fragment);
        }
        Ok(footage)
    }

    /// When the first picture was taken; `None` without any fragment.
    pub(crate) fn start(&self) -> Option<Timestamp> {
        let first = self.fragments.first()?;
        Some(first.anchor.wall(first_pts(first)?))
    }

    /// When the last picture's time ends.
    pub(crate) fn end(&self) -> Option<Timestamp> {
        let (first, last) = (self.fragments.first()?, self.fragments.last()?);
        Some(last.anchor.wall(first_pts(first)? + self.ticks()))
    }

    /// How long all pictures together are shown.
    pub(crate) fn ticks(&self) -> i64 {
        self.fragments.iter().map(Indexed::ticks).sum()
    }

    /// Number of pictures.
    pub(crate) fn frames(&self) -> u32 {
        self.fragments.iter().map(|fragment| fragment.samples.len() as u32).sum()
    }
}

fn first_pts(fragment: &Indexed) -> Option<i64> {
    Some(fragment.dts + i64::from(fragment.samples.first()?.offset))
}

/// Steps from box to box of a file.
pub(crate) struct Walk<'a> {
    path: &'a Path,
    file: &'a File,
    at: u64,
    end: u64,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(path: &'a Path, file: &'a File) -> Result<Self, FileError> {
        let end = file.metadata().map_err(FileError::io("look at", path))?.len();
        Ok(Self { path, file, at: 0, end })
    }

    /// `ftyp` and `moov`, which begin all our files.
    pub(crate) fn moov(&mut self) -> Result<Moov, FileError> {
        let ftyp = self.next_box(*b"ftyp", HEAD_MAX)?;
        let moov = if ftyp.is_some() { self.next_box(*b"moov", HEAD_MAX)? } else { None };
        let moov = moov.ok_or_else(|| FileError::malformed(self.path, "its head is not whole"))?;
        parse_moov(&moov).map_err(|error| FileError::malformed(self.path, error.0))
    }

    /// How many of these pictures, one after the other from `at`, are whole.
    pub(crate) fn whole_pictures(&self, mut at: u64, sizes: impl Iterator<Item = u32>) -> Result<usize, FileError> {
        let (mut bytes, mut whole) = (Vec::new(), 0);
        for size in sizes {
            let next = at + u64::from(size);
            if next <= self.end {
                bytes.resize(size as usize, 0);
                self.read(&mut bytes, at)?;
                whole += usize::from(h264::is_whole(&bytes));
            }
            at = next;
        }
        Ok(whole)
    }

    /// The kind, head size and whole size of the box at `at`; `None` where no whole box begins.
    fn peek(&self, at: u64) -> Result<Option<([u8; 4], u64, u64)>, FileError> {
        let mut head = [0; 16];
        let have = usize::try_from(self.end.saturating_sub(at).min(16)).unwrap_or(16);
        self.read(&mut head[..have], at)?;
        let Some((size, rest)) = head[..have].split_first_chunk::<4>() else { return Ok(None) };
        let Some((kind, rest)) = rest.split_first_chunk::<4>() else { return Ok(None) };
        let (head_size, size) = match (u32::from_be_bytes(*size), rest.first_chunk::<8>()) {
            (1, Some(large)) => (16, u64::from_be_bytes(*large)),
            (1, None) => return Ok(None),
            (size, _) => (8, u64::from(size)),
        };
        let whole = size >= head_size && at.checked_add(size).is_some_and(|end| end <= self.end);
        Ok(whole.then_some((*kind, head_size, size)))
    }

    fn read(&self, into: &mut [u8], at: u64) -> Result<(), FileError> {
        self.file.read_exact_at(into, at).map_err(FileError::io("read", self.path))
    }

    /// Reads the next box whole and steps over it, if it is whole, of this kind and at most `max` bytes.
    fn next_box(&mut self, kind: [u8; 4], max: u64) -> Result<Option<Vec<u8>>, FileError> {
        match self.peek(self.at)? {
            Some((found, _, size)) if found == kind && size <= max => {
                let mut bytes = vec![0; size as usize];
                self.read(&mut bytes, self.at)?;
                self.at += size;
                Ok(Some(bytes))
            }
            _ => Ok(None),
        }
    }

    /// Steps over the next `prft moof mdat` if all three are whole and agree; else stays where it is.
    fn next_fragment(&mut self, depth: Depth) -> Result<Option<Indexed>, FileError> {
        let start = self.at;
        let fragment = self.try_fragment(depth)?;
        if fragment.is_none() {
            self.at = start;
        }
        Ok(fragment)
    }

    fn try_fragment(&mut self, depth: Depth) -> Result<Option<Indexed>, FileError> {
        let Some(prft) = self.next_box(*b"prft", 64)? else { return Ok(None) };
        let moof_at = self.at;
        let Some(moof) = self.next_box(*b"moof", HEAD_MAX)? else { return Ok(None) };
        let Some((kind, head, size)) = self.peek(self.at)? else { return Ok(None) };
        let (Ok(prft), Ok(moof)) = (Prft::decode(&mut &prft[..]), Moof::decode(&mut &moof[..])) else {
            return Ok(None);
        };
        if kind != *b"mdat" || prft.reference_track_id != TRACK {
            return Ok(None);
        }
        let Some((dts, data_offset, samples)) = read_moof(&moof) else { return Ok(None) };
        let (data_start, data_end) = (self.at + head, self.at + size);
        let payload: u64 = samples.iter().map(|sample| u64::from(sample.size)).sum();
        if moof_at + data_offset != data_start || data_start + payload != data_end {
            return Ok(None);
        }
        if depth == Depth::Pictures
            && self.whole_pictures(data_start, samples.iter().map(|sample| sample.size))? < samples.len()
        {
            return Ok(None);
        }
        self.at = data_end;
        let Ok(media_time) = i64::try_from(prft.media_time) else { return Ok(None) };
        let anchor = Anchor::from_ntp(prft.ntp_timestamp, media_time);
        Ok(Some(Indexed { dts, anchor, samples, data_offset: data_start }))
    }
}

/// Decoding time, offset of the pictures from the moof's start, and the pictures; `None` if it is not as we write it.
fn read_moof(moof: &Moof) -> Option<(i64, u64, Vec<Sample>)> {
    let [traf] = &moof.traf[..] else { return None };
    let [trun] = &traf.trun[..] else { return None };
    if traf.tfhd.track_id != TRACK || !traf.tfhd.default_base_is_moof {
        return None;
    }
    let dts = i64::try_from(traf.tfdt.as_ref()?.base_media_decode_time).ok()?;
    let offset = u64::try_from(trun.data_offset?).ok()?;
    let samples: Option<Vec<Sample>> = trun
        .samples
        .iter()
        .map(|entry| {
            Some(Sample {
                duration: entry.duration?,
                size: entry.size?,
                key: is_key(entry.flags?),
                offset: i32::try_from(entry.cts?).ok()?,
            })
        })
        .collect();
    samples.filter(|samples| !samples.is_empty()).map(|samples| (dts, offset, samples))
}
