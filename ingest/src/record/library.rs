//! The files of a recordings folder: finishing what a crash left, and telling rows from files alone.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::file::{PART, finish_name};
use crate::{
    h264,
    mp4::{
        FileError,
        read::{Depth, Footage},
    },
    status::ClosedSegment,
};

/// What [`recover`] did.
#[derive(Debug, Default)]
pub struct Recovered {
    /// Finished now; each needs a row.
    pub segments: Vec<ClosedSegment>,
    /// Held no whole fragment and are gone (relative paths).
    pub removed: Vec<PathBuf>,
    /// Could not be finished and are left as they are.
    pub failed: Vec<(PathBuf, FileError)>,
}

/// Finishes every segment that was open when the last process ended: cuts it to its last whole fragment, syncs, gives it its
/// final name. Finished files are not touched. Call before [`Ingest::start`](crate::Ingest::start); blocks.
///
/// Fails only when the folder cannot be listed; a folder that does not exist is empty.
pub fn recover(recordings_dir: &Path) -> Result<Recovered, FileError> {
    let mut recovered = Recovered::default();
    for relative in files(recordings_dir, PART)? {
        match finish(recordings_dir, &relative) {
            Ok(Some(segment)) => recovered.segments.push(segment),
            Ok(None) => recovered.removed.push(relative),
            Err(error) => recovered.failed.push((relative, error)),
        }
    }
    Ok(recovered)
}

/// All finished segments, relative to the folder, in order of camera and time.
pub fn list_segments(recordings_dir: &Path) -> Result<Vec<PathBuf>, FileError> {
    files(recordings_dir, "mp4")
}

/// Everything a row says about a finished segment, from the file alone. Reads (hashes) all of it.
pub fn read_segment(recordings_dir: &Path, relative: &Path) -> Result<ClosedSegment, FileError> {
    let path = recordings_dir.join(relative);
    let file = File::open(&path).map_err(FileError::io("open", &path))?;
    let footage = Footage::read(&path, &file, Depth::Boxes)?;
    if footage.whole_bytes != footage.file_bytes {
        let extra = footage.file_bytes - footage.whole_bytes;
        return Err(FileError::malformed(&path, format!("its last {extra} bytes are no whole fragment")));
    }
    describe(&footage, file, relative, false)?.ok_or_else(|| FileError::malformed(&path, "it holds no picture"))
}

fn finish(root: &Path, relative: &Path) -> Result<Option<ClosedSegment>, FileError> {
    let path = root.join(relative);
    let file = OpenOptions::new().read(true).write(true).open(&path).map_err(FileError::io("open", &path))?;
    let footage = match Footage::read(&path, &file, Depth::Pictures) {
        Ok(footage) if !footage.fragments.is_empty() => footage,
        // Not even a head: the crash came right after the file was made.
        Ok(_) | Err(FileError::Malformed { .. }) => {
            fs::remove_file(&path).map_err(FileError::io("remove", &path))?;
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if footage.whole_bytes < footage.file_bytes {
        file.set_len(footage.whole_bytes).map_err(FileError::io("cut", &path))?;
    }
    file.sync_all().map_err(FileError::io("sync", &path))?;
    let finished = relative.with_extension("");
    if root.join(&finished).exists() {
        return Err(FileError::malformed(&path, "a finished segment of the same name exists"));
    }
    let segment = describe(&footage, file, &finished, true)?;
    finish_name(&root.join(&finished)).map_err(FileError::io("rename", &path))?;
    Ok(segment)
}

fn describe(
    footage: &Footage,
    file: File,
    relative: &Path,
    recovered: bool,
) -> Result<Option<ClosedSegment>, FileError> {
    let (Some(start), Some(end)) = (footage.start(), footage.end()) else { return Ok(None) };
    let mut hash = Hashing(Sha256::new());
    let bytes =
        io::copy(&mut file.take(footage.whole_bytes), &mut hash).map_err(FileError::io("read", &footage.path))?;
    Ok(Some(ClosedSegment {
        camera: footage.camera,
        path: relative.into(),
        start,
        end,
        bytes,
        sha256: hash.0.finalize().into(),
        codec: h264::codec_name(&footage.info.codec_config),
        width: footage.info.width,
        height: footage.info.height,
        frames: footage.frames(),
        recovered,
    }))
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `<camera>/<date>/*.<extension>`, relative, sorted.
fn files(root: &Path, extension: &str) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    for camera in entries(root)? {
        for date in entries(&camera)? {
            for file in entries(&date)? {
                if file.extension().is_some_and(|found| found == extension) && file.is_file() {
                    found.push(file.strip_prefix(root).unwrap_or(&file).to_path_buf());
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a folder holds; nothing, where it is no folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let list = match fs::read_dir(folder) {
        Ok(list) => list,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(FileError::io("list", folder)(error)),
    };
    list.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>().map_err(FileError::io("list", folder))
}
