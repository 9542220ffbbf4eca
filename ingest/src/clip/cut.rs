//! Writing a clip: one head, then bulk copies out of the segments.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use duxue_rules::span::Span;
use jiff::Timestamp;

use super::{
    movie,
    plan::{Plan, plan},
};
use crate::{
    h264,
    mp4::{
        FileError,
        read::{Depth, Footage},
    },
};

/// What a clip really holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutReport {
    /// When the first picture was taken: at or before the wanted start, where there is footage.
    pub start: Timestamp,
    /// When the last picture's time ends: the wanted end, to within a tick, where there is footage.
    pub end: Timestamp,
    /// Size of the file.
    pub bytes: u64,
    /// Number of pictures.
    pub samples: u32,
    /// Holes of more than 200 ms inside; the picture stands still there.
    pub gaps: Vec<Span>,
    /// As in RFC 6381, e.g. `avc1.640028`.
    pub codec: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why a clip could not be cut. No file is left then.
#[derive(Debug, thiserror::Error)]
pub enum CutError {
    /// None of the segments has a picture in the wanted span.
    #[error("there is no footage in the wanted span")]
    NoFootage,
    /// The segments are not all of one camera.
    #[error("the segments are of different cameras")]
    DifferentCameras,
    /// The stream changed inside the span; a clip has one size and one codec.
    #[error("the camera changed its picture format at {at}")]
    FormatChanged {
        /// When the new format began.
        at: Timestamp,
    },
    /// A segment begins well before the one before it ends: the clock was set back.
    #[error("the footage overlaps at {at}: the clock was set back there")]
    Overlap {
        /// Where the later one begins.
        at: Timestamp,
    },
    /// A segment cannot be read.
    #[error("a segment cannot be used")]
    Segment(#[from] FileError),
    /// The clip cannot be written.
    #[error("the clip cannot be written to {path}")]
    Write {
        /// Where it was to be.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
}

/// Copies the pictures of `wanted` out of `segments` into a plain MP4 file at `out`, replacing what is there.
///
/// The clip begins at the key frame at or before the start (players do not honour an instruction to skip), ends exactly where
/// wanted, and keeps real time: over a hole the picture stands still. Segments may be given in any order; those outside the
/// span are left alone. Blocks; the file is synced when this returns.
pub fn cut(segments: &[PathBuf], wanted: Span, out: &Path) -> Result<CutReport, CutError> {
    let mut files = Vec::new();
    for path in segments {
        let file = File::open(path).map_err(FileError::io("open", path))?;
        let footage = Footage::read(path, &file, Depth::Boxes)?;
        let inside =
            footage.start().zip(footage.end()).is_some_and(|(start, end)| start < wanted.end() && wanted.start() < end);
        if inside {
            files.push((footage, file));
        }
    }
    files.sort_by_key(|(footage, _)| footage.start());
    let (footage, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    let first = footage.first().ok_or(CutError::NoFootage)?;
    if footage.iter().any(|other| other.camera != first.camera) {
        return Err(CutError::DifferentCameras);
    }
    if let Some(other) = footage.iter().find(|other| other.info != first.info) {
        return Err(CutError::FormatChanged { at: other.start().unwrap_or(wanted.start()) });
    }
    let plan = plan(&footage, wanted)?;
    let head = movie::head(&plan, first).map_err(|error| FileError::malformed(&first.path, error.0))?;
    let bytes = write(&plan, &head, files, out).map_err(|source| {
        let _ = fs::remove_file(out);
        CutError::Write { path: out.into(), source }
    })?;
    Ok(CutReport {
        start: plan.start,
        end: plan.end,
        bytes,
        samples: plan.pictures.len() as u32,
        gaps: plan.gaps,
        codec: h264::codec_name(&first.info.codec_config),
        width: first.info.width,
        height: first.info.height,
    })
}

fn write(plan: &Plan, head: &[u8], mut files: Vec<File>, out: &Path) -> io::Result<u64> {
    let mut clip = File::create(out)?;
    clip.write_all(head)?;
    let mut bytes = head.len() as u64;
    for run in &plan.runs {
        let file = &mut files[run.file];
        file.seek(SeekFrom::Start(run.at))?;
        // Between two files the standard library lets the kernel copy.
        let copied = io::copy(&mut file.take(run.bytes), &mut clip)?;
        if copied != run.bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes += copied;
    }
    clip.sync_all()?;
    Ok(bytes)
}
