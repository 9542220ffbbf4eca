//! A disk that fills up: recording stops with an alarm, live goes on, and recording resumes by itself.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;
#[path = "common/tiny_disk.rs"]
mod tiny_disk;

use std::path::Path;

use common::{LIMIT, Recording, camera, config, eventually, ffprobe_frames, simulator, spec};
use duxue_ingest::{IngestConfig, IngestEvent, LiveItem, StreamKind, list_segments, read_segment, recover};
use duxue_rules::camera::{CameraState, OutageCause};
use tiny_disk::TinyDisk;

fn is_out(event: &IngestEvent) -> bool {
    matches!(event, IngestEvent::OutageBegan { cause: OutageCause::DiskFull, .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_really_full() {
    let folder = tempfile::tempdir().unwrap();
    // Without the right to mount the other test covers all but the torn write.
    let Some(_disk) = TinyDisk::mount(folder.path(), "400k") else { return };
    fills_and_resumes(config(folder.path()), |folder| {
        for path in list_segments(folder).unwrap() {
            std::fs::remove_file(folder.join(path)).unwrap();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_down_to_its_reserve() {
    let folder = tempfile::tempdir().unwrap();
    // More than any disk has: it is full from the beginning.
    let everything = IngestConfig { min_free_bytes: u64::MAX, ..config(folder.path()) };
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let mut recording = Recording::start(everything);
    recording.ingest.set_camera(spec(&sim, 1));
    recording.until("the alarm", is_out).await;
    assert_eq!(recording.status(camera(1)).state, CameraState::Live);
    assert!(
        matches!(recording.status(camera(1)).recording_problem, Some((OutageCause::DiskFull, text)) if text.contains("MiB free"))
    );
    assert!(list_segments(folder.path()).unwrap().is_empty());
    recording.stop().await;
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}

async fn fills_and_resumes(config: IngestConfig, make_room: impl Fn(&Path)) {
    let folder = config.recordings_dir.clone();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let mut recording = Recording::start(config);
    recording.ingest.set_camera(spec(&sim, 1));
    recording.until("the alarm", is_out).await;

    // What was recorded is whole, the last torn write included.
    for event in &recording.seen {
        if let IngestEvent::SegmentClosed(segment) = event {
            assert_eq!(&read_segment(&folder, &segment.path).unwrap(), segment);
            let (frames, complaints) = ffprobe_frames(&folder.join(&segment.path));
            assert_eq!((frames, complaints.as_str()), (segment.frames, ""));
        }
    }
    // Live goes on.
    let status = recording.status(camera(1));
    assert_eq!((status.state, status.recording), (CameraState::Live, false));
    let mut viewer = recording.ingest.live(camera(1), StreamKind::Main).await.unwrap();
    for _ in 0..6 {
        assert!(matches!(tokio::time::timeout(LIMIT, viewer.next()).await.unwrap(), Some(LiveItem::Fragment(_))));
    }
    // Room comes, and recording with it.
    let outages = |recording: &Recording| recording.seen.iter().filter(|event| is_out(event)).count();
    assert_eq!(outages(&recording), 1);
    make_room(&folder);
    recording.until("recording again", |event| matches!(event, IngestEvent::OutageEnded { .. })).await;
    eventually("it is shown", || recording.status(camera(1)).recording).await;
    assert_eq!(recording.status(camera(1)).connections, 1);
    recording.stop().await;
    let left = recover(&folder).unwrap();
    assert!(left.segments.is_empty() && left.failed.is_empty(), "{left:?}");
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}
