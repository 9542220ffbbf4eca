//! One segment while it is written: `<start in µs>.mp4.part`, whole fragments only, hashed on the way.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, IoSlice, Write},
    path::{Path, PathBuf},
};

use duxue_rules::ids::CameraId;
use jiff::{Timestamp, tz::TimeZone};
use sha2::{Digest, Sha256};

use crate::{
    h264,
    media::StreamInfo,
    mp4::{anchor::Anchor, fragment::Fragment, init::init_segment},
    status::ClosedSegment,
};

/// The end of the name of a file that is not finished.
pub(super) const PART: &str = "part";

/// Where segments go.
#[derive(Clone)]
pub(super) struct Store {
    root: PathBuf,
    min_free_bytes: u64,
}

impl Store {
    pub(super) fn new(root: PathBuf, min_free_bytes: u64) -> Self {
        Self { root, min_free_bytes }
    }

    /// Fails with `StorageFull` when less than the reserve is free.
    pub(super) fn has_room(&self) -> io::Result<()> {
        if self.min_free_bytes == 0 {
            return Ok(());
        }
        let stat = rustix::fs::statvfs(&self.root)?;
        let free = stat.f_bavail.saturating_mul(stat.f_frsize);
        if free >= self.min_free_bytes {
            return Ok(());
        }
        let text = format!("{} MiB free, {} MiB are kept for others", free >> 20, self.min_free_bytes >> 20);
        Err(io::Error::new(io::ErrorKind::StorageFull, text))
    }

    /// `<camera>/<UTC date>`, made if need be and safe on the disk.
    fn folder(&self, camera: CameraId, start: Timestamp) -> io::Result<PathBuf> {
        let date = start.to_zoned(TimeZone::UTC).date();
        let camera = PathBuf::from(camera.to_string());
        let relative = camera.join(date.to_string());
        if !self.root.join(&relative).is_dir() {
            fs::create_dir_all(self.root.join(&relative))?;
            sync_folder(&self.root.join(&camera))?;
            sync_folder(&self.root)?;
        }
        Ok(relative)
    }
}

/// Makes the names in a folder safe against a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) struct SegmentFile {
    root: PathBuf,
    /// The final name, relative to the root.
    relative: PathBuf,
    file: File,
    camera: CameraId,
    info: StreamInfo,
    hash: Sha256,
    /// Everything up to here is whole.
    bytes: u64,
    /// Stream time of the file's media time 0.
    base: i64,
    first_pts: i64,
    ticks: i64,
    frames: u32,
    fragments: u32,
    anchor: Anchor,
    start: Timestamp,
    dirty: bool,
}

impl SegmentFile {
    /// Makes the file for a segment that begins with `first`, which is not written yet.
    pub(super) fn create(store: &Store, camera: CameraId, info: &StreamInfo, first: &Fragment) -> io::Result<Self> {
        store.has_room()?;
        let first_pts = first.first_pts();
        let start = first.anchor.wall(first_pts);
        let head = init_segment(info, camera, start).map_err(|error| io::Error::other(error.to_string()))?;
        let folder = store.folder(camera, start)?;
        let (relative, mut file) = create_new(&store.root, &folder, start)?;
        let written = file.write_all(&head).and_then(|()| sync_folder(&store.root.join(&folder)));
        if let Err(error) = written {
            let _ = fs::remove_file(part_of(&store.root.join(&relative)));
            return Err(error);
        }
        let mut hash = Sha256::new();
        hash.update(&head);
        Ok(Self {
            root: store.root.clone(),
            relative,
            file,
            camera,
            info: info.clone(),
            hash,
            bytes: head.len() as u64,
            base: first.dts.min(first_pts),
            first_pts,
            ticks: 0,
            frames: 0,
            fragments: 0,
            anchor: first.anchor,
            start,
            dirty: true,
        })
    }

    /// Writes a fragment. After an error the file is as it was before.
    pub(super) fn append(&mut self, fragment: &Fragment) -> io::Result<()> {
        let head = fragment.head(self.base, self.fragments + 1).map_err(|error| io::Error::other(error.to_string()))?;
        let mut parts = [IoSlice::new(&head), IoSlice::new(&fragment.payload)];
        if let Err(error) = write_all(&mut self.file, &mut parts) {
            self.file.set_len(self.bytes)?;
            return Err(error);
        }
        self.hash.update(&head);
        self.hash.update(&fragment.payload);
        self.bytes += (head.len() + fragment.payload.len()) as u64;
        self.ticks += fragment.ticks();
        self.frames += fragment.samples.len() as u32;
        self.fragments += 1;
        self.anchor = fragment.anchor;
        self.dirty = true;
        Ok(())
    }

    /// What was appended survives a power cut after this.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.dirty) {
            self.file.sync_data()?;
        }
        Ok(())
    }

    /// Gives the file its final name once its content is safe. `None`: no fragment was written, and no file is left.
    pub(super) fn close(mut self) -> io::Result<Option<ClosedSegment>> {
        let path = self.root.join(&self.relative);
        if self.fragments == 0 {
            fs::remove_file(part_of(&path))?;
            return Ok(None);
        }
        self.dirty = true;
        self.sync()?;
        finish_name(&path)?;
        Ok(Some(ClosedSegment {
            camera: self.camera,
            path: self.relative,
            start: self.start,
            end: self.anchor.wall(self.first_pts + self.ticks),
            bytes: self.bytes,
            sha256: self.hash.finalize().into(),
            codec: h264::codec_name(&self.info.codec_config),
            width: self.info.width,
            height: self.info.height,
            frames: self.frames,
            recovered: false,
        }))
    }
}

/// Renames `<path>.part` to `<path>` and makes that safe.
pub(super) fn finish_name(path: &Path) -> io::Result<()> {
    fs::rename(part_of(path), path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(PART);
    name.into()
}

/// A name that is free, as part and as finished file: a clock set back must not overwrite anything.
fn create_new(root: &Path, folder: &Path, start: Timestamp) -> io::Result<(PathBuf, File)> {
    let micros = start.as_microsecond();
    for attempt in 0..1000 {
        let name = if attempt == 0 { format!("{micros}.mp4") } else { format!("{micros}-{attempt}.mp4") };
        let relative = folder.join(name);
        let path = root.join(&relative);
        if path.exists() {
            continue;
        }
        match OpenOptions::new().write(true).create_new(true).open(part_of(&path)) {
            Ok(file) => return Ok((relative, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("no free name for a segment at {micros}")))
}

fn write_all(file: &mut File, mut parts: &mut [IoSlice<'_>]) -> io::Result<()> {
    while !parts.is_empty() {
        match file.write_vectored(parts) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut parts, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
