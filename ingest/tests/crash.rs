//! kill -9 at any moment: whole fragments stay, nothing earlier is touched.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use common::{LIMIT, clock, ffprobe_frames, simulator};
use duxue_ingest::{list_segments, read_segment, recover};
use duxue_simulator::Stream;

fn recorder() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join("record")
}

/// Every file with its content.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    list_segments(folder)
        .unwrap()
        .into_iter()
        .map(|path| (path.clone(), fs::read(folder.join(path)).unwrap()))
        .collect()
}

/// Unfinished files with their sizes.
fn parts(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().flatten() {
            // A file may be renamed between being listed and being looked at.
            match entry.metadata() {
                Ok(data) if data.is_dir() => folders.push(entry.path()),
                Ok(data) if entry.path().extension().is_some_and(|end| end == "part") => {
                    found.push((entry.path(), data.len()))
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn kill_in_a_loop_then_recover() {
    let sim = simulator(1);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut recovered_total = 0;
    for round in 0..8_u64 {
        let before = content(folder);
        let mut child = Command::new(recorder())
            .arg(sim.url_with_credentials(1, Stream::Main))
            .arg(folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let began = std::time::Instant::now();
        while parts(folder).iter().all(|(_, bytes)| *bytes < 20_000) {
            assert!(began.elapsed() < LIMIT, "nothing is recorded");
            std::thread::sleep(Duration::from_millis(20));
        }
        // Somewhere in the next seconds, over a segment's end or not.
        std::thread::sleep(Duration::from_millis(137 * (round * 7 % 23)));
        child.kill().unwrap();
        let killed = clock()();
        child.wait().unwrap();

        let left = parts(folder);
        let finished = content(folder);
        let recovered = recover(folder).unwrap();
        assert!(recovered.failed.is_empty(), "{:?}", recovered.failed);
        assert_eq!(recovered.segments.len() + recovered.removed.len(), left.len());
        assert!(parts(folder).is_empty());
        let after = content(folder);
        for (path, bytes) in before.iter().chain(&finished) {
            assert!(after[path] == *bytes, "{} was touched", path.display());
        }
        for segment in &recovered.segments {
            recovered_total += 1;
            assert!(segment.recovered);
            let again = read_segment(folder, &segment.path).unwrap();
            assert_eq!(again, duxue_ingest::ClosedSegment { recovered: false, ..segment.clone() });
            let (frames, complaints) = ffprobe_frames(&folder.join(&segment.path));
            assert_eq!((frames, complaints.as_str()), (segment.frames, ""));
        }
        // The promise: at most the last fragment (2 s with everything on the way) is lost.
        let newest = after.keys().map(|path| read_segment(folder, path).unwrap().end).max().unwrap();
        let lost = killed.duration_since(newest);
        assert!(lost < jiff::SignedDuration::from_secs(2), "{lost} lost");
        // Recovering again finds nothing to do.
        let nothing = recover(folder).unwrap();
        assert!(nothing.segments.is_empty() && nothing.removed.is_empty());
    }
    assert!(recovered_total > 4, "the loop did not hit open segments");
}
