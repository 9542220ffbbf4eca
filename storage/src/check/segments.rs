//! Rows of segments against files of footage, both ways.

use std::{
    collections::HashSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

use tokio::task::spawn_blocking;

use super::{CheckError, CheckReport, Depth, ProblemKind};
use crate::{
    Result, Store,
    seal::{Digester, Digests},
    segment::Segment,
};

const STRIDE: u32 = 500;

pub(super) async fn check(
    store: &Store,
    recordings: &Path,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    // Files first: a row that appears meanwhile has its file in this list or is newer than it.
    let root = recordings.to_owned();
    let files = blocking(move || files_below(&root)).await?;
    let mut with_row = HashSet::new();
    let mut after = None;
    loop {
        let rows = store.read().await?.kept_segments(after, STRIDE).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.span.start(), last.id));
        for segment in rows {
            report.segments += 1;
            check_file(store, recordings, &segment, depth, report).await?;
            with_row.insert(segment.path);
        }
    }
    for file in files {
        if with_row.contains(&file) || store.read().await?.segment_at_path(&file).await?.is_some() {
            continue;
        }
        let en = format!("the recording {file} has no row: restart the recorder, which takes it in");
        report.add(ProblemKind::FileWithoutRow, &file, format!("录像文件 {file} 没有登记：重启录像服务即可登记"), en);
    }
    Ok(())
}

async fn check_file(
    store: &Store,
    recordings: &Path,
    segment: &Segment,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let path = recordings.join(&segment.path);
    let looked_at = path.clone();
    let found = blocking(move || match std::fs::metadata(&looked_at) {
        Ok(file) if depth == Depth::Hashes => digests(&looked_at).map(|digests| Some((file.len(), Some(digests)))),
        Ok(file) => Ok(Some((file.len(), None))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    })
    .await?;
    let file = &segment.path;
    match found {
        None => {
            // It may have been let go since the row was read.
            let row = store.read().await?.segment(segment.id).await?;
            if row.is_some_and(|row| row.pruned_at.is_none()) {
                let en = format!("the recording {file} is gone from the disk");
                report.add(ProblemKind::SegmentMissing, file, format!("录像文件 {file} 已不在磁盘上"), en);
            }
        }
        Some((bytes, _)) if bytes != segment.bytes => {
            let was = segment.bytes;
            let en = format!("the recording {file} has {bytes} bytes, but had {was} when it was recorded");
            let zh = format!("录像文件 {file} 现为 {bytes} 字节，录制时为 {was} 字节");
            report.add(ProblemKind::SegmentChanged, file, zh, en);
        }
        Some((_, Some(digests))) if digests.sha256.0 != segment.sha256 => {
            let en = format!("the recording {file} was changed after it was recorded: its SHA-256 differs");
            let zh = format!("录像文件 {file} 录制后被改动：SHA-256 不符");
            report.add(ProblemKind::SegmentChanged, file, zh, en);
        }
        Some(_) => {}
    }
    Ok(())
}

/// The finished files below `root`, as the rows name them.
fn files_below(root: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut directories = vec![PathBuf::new()];
    while let Some(directory) = directories.pop() {
        let entries = match std::fs::read_dir(root.join(&directory)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let path = directory.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "mp4") {
                files.push(path.to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn digests(path: &Path) -> io::Result<Digests> {
    let mut file = std::fs::File::open(path)?;
    let mut digester = Digester::default();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digester.finish()),
            read => digester.update(&buffer[..read]),
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, CheckError> {
    spawn_blocking(work).await.map_err(io::Error::other).flatten().map_err(CheckError::Recordings)
}
