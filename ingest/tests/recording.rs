//! A healthy camera: recorded without holes, watched live, decoded, cut into a clip.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::{path::PathBuf, time::Duration};

use common::{LIMIT, Recording, camera, clock, config, eventually, ffprobe_frames, ffprobe_packets, simulator, spec};
use duxue_ingest::{
    ClosedSegment, DecoderPool, IngestEvent, LiveItem, LiveRefusal, StreamKind, Transport, clip, list_segments,
    read_segment,
};
use duxue_rules::{
    camera::{CameraState, OutageCause},
    span::Span,
};

fn segments(events: &[IngestEvent]) -> Vec<ClosedSegment> {
    let closed = events.iter().filter_map(|event| match event {
        IngestEvent::SegmentClosed(segment) => Some(segment.clone()),
        _ => None,
    });
    closed.collect()
}

async fn record(transport: Transport, count: usize) -> (tempfile::TempDir, Vec<IngestEvent>) {
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let mut recording = Recording::start(config(folder.path()));
    recording.ingest.set_camera(duxue_ingest::CameraSpec { transport, ..spec(&sim, 1) });
    let mut left = count;
    recording
        .until("enough segments", |event| {
            left -= usize::from(matches!(event, IngestEvent::SegmentClosed(_)));
            left == 0
        })
        .await;
    let events = recording.stop().await;
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
    (folder, events)
}

/// Everything that must hold of healthy footage.
fn check(folder: &std::path::Path, events: &[IngestEvent], count: usize) {
    let segments = segments(events);
    assert!(segments.len() >= count);
    for pair in segments.windows(2) {
        assert_eq!(pair[0].end, pair[1].start, "segments follow one another without hole or overlap");
    }
    for segment in &segments {
        assert_eq!(&read_segment(folder, &segment.path).unwrap(), segment, "the file alone tells its row");
        assert_eq!((segment.width, segment.height), (1920, 1080));
        let (frames, complaints) = ffprobe_frames(&folder.join(&segment.path));
        assert_eq!((frames, complaints.as_str()), (segment.frames, ""));
    }
    let paths: Vec<PathBuf> = segments.iter().map(|segment| segment.path.clone()).collect();
    assert_eq!(list_segments(folder).unwrap(), paths, "every file has its event");
    let outages: Vec<&IngestEvent> = events
        .iter()
        .filter(|event| matches!(event, IngestEvent::OutageBegan { .. } | IngestEvent::OutageEnded { .. }))
        .collect();
    assert!(
        matches!(
            outages[..],
            [IngestEvent::OutageBegan { cause: OutageCause::Starting, .. }, IngestEvent::OutageEnded { at, .. }] if *at == segments[0].start
        ),
        "{outages:?}"
    );
}

/// Damage that tears pictures apart, and damage inside of them.
fn damage_is_seen(clip: &std::path::Path) {
    let sound = std::fs::read(clip).unwrap();
    let mut torn = sound.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 60_000].fill(0x55);
    let path = clip.with_file_name("damaged.mp4");
    std::fs::write(&path, torn).unwrap();
    let report = clip::check(&path);
    assert!(report.as_ref().map_or(true, |report| !report.is_good()), "{report:?}");

    let mut altered = sound.clone();
    let mut noise = 1_u32;
    for (at, size) in ffprobe_packets(clip).into_iter().filter(|(_, size)| *size > 10_000) {
        for byte in &mut altered[at + size / 3..at + size * 2 / 3] {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Never what starts or escapes a NAL unit.
            *byte = (noise >> 24) as u8 | 4;
        }
    }
    std::fs::write(&path, altered).unwrap();
    let report = clip::check(&path).unwrap();
    assert!(report.corrupt > 0 && report.decoded > 0, "{report:?}");

    std::fs::write(&path, &sound[..sound.len() * 2 / 3]).unwrap();
    assert!(clip::check(&path).map_or(true, |report| !report.is_good()), "cut short");
    std::fs::write(&path, b"no video at all").unwrap();
    assert!(clip::check(&path).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn tcp_footage_is_whole_and_becomes_a_clip() {
    let (folder, events) = record(Transport::Tcp, 3).await;
    check(folder.path(), &events, 3);

    let segments = segments(&events);
    let paths: Vec<PathBuf> = segments.iter().map(|segment| folder.path().join(&segment.path)).collect();
    let inside = |at: jiff::Timestamp, ms: i64| at + jiff::SignedDuration::from_millis(ms);
    let wanted = Span::new(inside(segments[0].start, 1_300), inside(segments[2].start, 700)).unwrap();
    let out = folder.path().join("clip.mp4");
    let report = clip::cut(&paths, wanted, &out).unwrap();
    assert!(report.start <= wanted.start() && report.end >= wanted.end(), "{report:?}");
    assert!(report.end.duration_since(wanted.end()) < jiff::SignedDuration::from_millis(1), "the tail is exact");
    assert!(report.gaps.is_empty());
    let checked = clip::check(&out).unwrap();
    assert!(checked.is_good(), "{checked:?}");
    assert_eq!((checked.samples, checked.width, checked.height), (report.samples, 1920, 1080));
    let (frames, complaints) = ffprobe_frames(&out);
    assert_eq!((frames, complaints.as_str()), (report.samples, ""));

    damage_is_seen(&out);
    // Nothing outside.
    let never = Span::new(inside(segments[0].start, -9_000), inside(segments[0].start, -8_000)).unwrap();
    assert!(matches!(clip::cut(&paths, never, &out), Err(clip::CutError::NoFootage)));
}

#[tokio::test(flavor = "multi_thread")]
async fn udp_footage_is_whole() {
    let (folder, events) = record(Transport::Udp, 2).await;
    check(folder.path(), &events, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn live_view_and_key_frames() {
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let mut recording = Recording::start(config(folder.path()));
    let id = camera(1);
    assert_eq!(recording.ingest.live(id, StreamKind::Main).await.err(), Some(LiveRefusal::UnknownCamera));
    recording.ingest.set_camera(spec(&sim, 1));

    // Asked for while still connecting: it waits.
    let mut main = recording.ingest.live(id, StreamKind::Main).await.unwrap();
    recording.until_state(id, CameraState::Live).await;
    assert!(main.first.mime.starts_with("video/mp4; codecs=\"avc1."), "{}", main.first.mime);
    let mut file = main.first.init.to_vec();
    let (mut frames, mut next) = (0, None);
    while frames < 12 {
        match tokio::time::timeout(LIMIT, main.next()).await.unwrap().unwrap() {
            LiveItem::Fragment(fragment) => {
                assert!(frames > 0 || fragment.key, "starts at a key frame");
                assert!(next.is_none_or(|next| next == fragment.seq));
                next = Some(fragment.seq + 1);
                let late = fragment.arrival.duration_since(fragment.start);
                assert!(late.abs() < jiff::SignedDuration::from_secs(5), "{late}");
                file.extend_from_slice(&fragment.data);
                frames += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    let path = folder.path().join("live.mp4");
    std::fs::write(&path, file).unwrap();
    let (count, complaints) = ffprobe_frames(&path);
    assert!(count > 12 && complaints.is_empty(), "{count} {complaints}");

    // The small stream comes when asked for and goes after its last viewer.
    let mut small = recording.ingest.live(id, StreamKind::Sub).await.unwrap();
    assert!(
        matches!(tokio::time::timeout(LIMIT, small.next()).await.unwrap(), Some(LiveItem::Fragment(fragment)) if fragment.key)
    );
    assert_eq!(recording.status(id).viewers, 2);
    assert_eq!(sim.streams(), 2);
    drop(small);
    eventually("the small stream is let go", || sim.streams() == 1).await;
    assert!(recording.ingest.live(id, StreamKind::Sub).await.is_ok(), "and comes again");

    // Key frames decode, whole and scaled.
    let mut keys = recording.ingest.key_frames(id).unwrap();
    let pool = DecoderPool::new(2).unwrap();
    for _ in 0..3 {
        tokio::time::timeout(LIMIT, keys.changed()).await.unwrap().unwrap();
        let key = keys.borrow_and_update().clone().unwrap();
        let whole = pool.decode(&key, None).await.unwrap();
        assert_eq!((whole.width, whole.height, whole.bgr.len()), (1920, 1080, 1920 * 1080 * 3));
        let small = pool.decode(&key, Some(640)).await.unwrap();
        assert_eq!((small.width, small.height, small.original_width), (640, 360, 1920));
        let (dark, bright) = small.bgr.iter().fold((255, 0), |(low, high), byte| (low.min(*byte), high.max(*byte)));
        assert!(bright - dark > 60, "a picture, not a grey field: {dark}..{bright}");
        assert_eq!(small.at, key.at);
        assert!(clock()().duration_since(key.at) < jiff::SignedDuration::from_secs(10));
    }

    let status = recording.status(id);
    assert!(status.recording && status.bitrate_bps > 100_000 && status.frames > 50, "{status:?}");
    assert_eq!((status.dropped, status.connections), (0, 1));

    // Removed: viewers are told, the segment is closed.
    recording.ingest.remove_camera(id);
    let ended = async { while main.next().await.is_some() {} };
    tokio::time::timeout(LIMIT, ended).await.unwrap();
    eventually("connections are let go", || sim.streams() == 0).await;
    assert!(recording.ingest.status(id).is_none());
    let events = recording.stop().await;
    assert_eq!(segments(&events).len(), list_segments(folder.path()).unwrap().len());
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_key_frames_do_not_stop_the_pool() {
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let recording = Recording::start(config(folder.path()));
    recording.ingest.set_camera(spec(&sim, 1));
    let mut keys = recording.ingest.key_frames(camera(1)).unwrap();
    tokio::time::timeout(LIMIT, keys.wait_for(Option::is_some)).await.unwrap().unwrap();
    let key = keys.borrow().clone().unwrap();
    let pool = DecoderPool::new(1).unwrap();
    for data in [&[0, 0, 0, 3, 1, 2, 3][..], &[0xff; 500], &[]] {
        let broken = duxue_ingest::KeyFrame { data: bytes::Bytes::copy_from_slice(data), ..key.clone() };
        assert!(tokio::time::timeout(Duration::from_secs(20), pool.decode(&broken, None)).await.unwrap().is_err());
        assert!(pool.decode(&key, Some(320)).await.is_ok());
    }
    recording.stop().await;
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}
