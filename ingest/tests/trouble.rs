//! Cameras that misbehave, each beside one that does not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use common::{LIMIT, PASSWORD, Recording, camera, config, eventually, simulator, spec};
use duxue_ingest::{CameraSpec, CameraUrl, IngestConfig, IngestEvent, LiveItem, StreamKind};
use duxue_rules::camera::{CameraState, OutageCause};
use duxue_simulator::{Fault, Simulator};

const BAD: u128 = 1;
const GOOD: u128 = 2;

/// Two cameras live and recording.
async fn two() -> (tempfile::TempDir, Simulator, Recording) {
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(2)).await.unwrap();
    let recording = Recording::start(config(folder.path()));
    recording.ingest.set_camera(spec(&sim, 1));
    recording.ingest.set_camera(spec(&sim, 2));
    for number in [BAD, GOOD] {
        eventually("recording", || recording.status(camera(number)).recording).await;
    }
    (folder, sim, recording)
}

/// The good camera was never disturbed, no event holds the password, and every outage has its end.
async fn finish(sim: Simulator, recording: Recording) -> Vec<IngestEvent> {
    let good = recording.status(camera(GOOD));
    assert_eq!((good.state, good.connections, good.dropped), (CameraState::Live, 1, 0), "{good:?}");
    let events = recording.stop().await;
    assert!(!format!("{events:?}").contains(PASSWORD));
    for number in [BAD, GOOD] {
        let mut open = false;
        let (mut began, mut last_end) = (0, None);
        for event in &events {
            match event {
                IngestEvent::OutageBegan { camera: id, at, .. } if *id == camera(number) => {
                    assert!(!open && last_end.is_none_or(|end| end <= *at));
                    (open, began) = (true, began + 1);
                }
                IngestEvent::OutageEnded { camera: id, at } if *id == camera(number) => {
                    assert!(open);
                    (open, last_end) = (false, Some(*at));
                }
                _ => {}
            }
        }
        assert!(!open);
        assert!(number == BAD || began == 1, "the good camera is only out while starting");
    }
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
    events
}

async fn out(recording: &mut Recording, causes: &[OutageCause]) -> (OutageCause, String) {
    let event = recording
        .until(&format!("an outage of {causes:?}"), |event| {
            matches!(event, IngestEvent::OutageBegan { camera: id, cause, .. } if *id == camera(BAD) && causes.contains(cause))
        })
        .await;
    let IngestEvent::OutageBegan { cause, detail, .. } = event else { unreachable!() };
    (cause, detail.unwrap_or_default())
}

async fn back(recording: &mut Recording) {
    recording
        .until(
            "the end of the outage",
            |event| matches!(event, IngestEvent::OutageEnded { camera: id, .. } if *id == camera(BAD)),
        )
        .await;
    eventually("recording again", || recording.status(camera(BAD)).recording).await;
}

async fn passes(fault: Fault, causes: &[OutageCause]) {
    let (_folder, sim, mut recording) = two().await;
    sim.set_fault(1, Some(fault)).unwrap();
    let (cause, detail) = out(&mut recording, causes).await;
    assert!(!detail.is_empty(), "{cause:?} without a word");
    sim.set_fault(1, None).unwrap();
    back(&mut recording).await;
    finish(sim, recording).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stall_passes() {
    passes(Fault::Stall, &[OutageCause::Stalled]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_passes() {
    passes(Fault::Drop, &[OutageCause::Disconnected, OutageCause::Unreachable]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_passes() {
    passes(Fault::Garbage, &[OutageCause::CorruptStream, OutageCause::Stalled]).await;
}

/// A fault that shows when a connection is made.
async fn refuses(fault: Fault, state: CameraState, cause: OutageCause, word: &str) -> Vec<IngestEvent> {
    let (_folder, sim, mut recording) = two().await;
    sim.set_fault(1, Some(fault)).unwrap();
    sim.cut(1).unwrap();
    let (_, detail) = out(&mut recording, &[cause]).await;
    assert!(detail.contains(word), "{detail}");
    eventually("the state is shown", || {
        let status = recording.status(camera(BAD));
        status.state == state
            && status.cause == Some(cause)
            && status.detail.as_ref().is_some_and(|detail| detail.contains(word))
    })
    .await;
    // Nobody can watch it, and is told why.
    let refusal = recording.ingest.live(camera(BAD), StreamKind::Main).await.err();
    assert!(refusal.is_some());
    sim.set_fault(1, None).unwrap();
    if state == CameraState::Refused {
        let connections = recording.status(camera(BAD)).connections;
        // Only the operator's change makes it try again.
        recording.ingest.set_camera(CameraSpec { revision: 2, ..spec(&sim, 1) });
        eventually("a new connection", || recording.status(camera(BAD)).connections > connections).await;
    }
    back(&mut recording).await;
    finish(sim, recording).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_password_is_told() {
    refuses(Fault::RefuseAuth, CameraState::Refused, OutageCause::Unauthorized, "nauthorized").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h265_is_refused_clearly() {
    refuses(Fault::H265, CameraState::Refused, OutageCause::UnsupportedMedia, "H265").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_alone_is_refused_clearly() {
    refuses(Fault::AudioOnly, CameraState::Refused, OutageCause::UnsupportedMedia, "audio").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_stream_is_told_and_tried_again() {
    refuses(Fault::NotFound, CameraState::BackingOff, OutageCause::NotFound, "ot").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_told_and_tried_again() {
    refuses(Fault::NeverAnswer, CameraState::BackingOff, OutageCause::Unreachable, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_stays_secret() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).init();
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let mut recording = Recording::start(config(folder.path()));
    let right = spec(&sim, 1);
    let wrong = right
        .main
        .clone()
        .with_credentials(CameraUrl::parse("rtsp://somebody:not-the-right-secret@x/").unwrap().credentials().cloned());
    recording.ingest.set_camera(CameraSpec { main: wrong, ..right.clone() });
    recording.until_state(camera(1), CameraState::Refused).await;
    let told = format!("{:?} {:?} {:?}", recording.seen, recording.status(camera(1)), recording.ingest.cameras());
    let told = told + &log.text();
    assert!(told.contains("Unauthorized") && log.text().contains("the camera gives no pictures"));
    assert!(!told.contains("not-the-right-secret") && !told.contains("somebody"), "{told}");
    recording.ingest.set_camera(CameraSpec { revision: 2, ..right });
    recording.until_state(camera(1), CameraState::Live).await;
    recording.stop().await;
    assert!(!log.text().contains(PASSWORD));
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}

/// Everything that is logged, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_picture_size_begins_another_segment() {
    let (folder, sim, recording) = two().await;
    let mut viewer = recording.ingest.live(camera(BAD), StreamKind::Main).await.unwrap();
    sim.set_fault(1, Some(Fault::Resize)).unwrap();
    eventually("the new size", || recording.status(camera(BAD)).width == Some(1280)).await;
    let told = async {
        loop {
            if let LiveItem::Init(init) = viewer.next().await.expect("the viewing goes on") {
                return init;
            }
        }
    };
    tokio::time::timeout(LIMIT, told).await.unwrap();
    eventually("recording", || recording.status(camera(BAD)).recording).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let events = finish(sim, recording).await;
    let sizes: Vec<u32> = events
        .iter()
        .filter_map(|event| match event {
            IngestEvent::SegmentClosed(segment) if segment.camera == camera(BAD) => Some(segment.width),
            _ => None,
        })
        .collect();
    assert!(sizes.contains(&1920) && sizes.contains(&1280), "{sizes:?}");
    drop(folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn cameras_come_and_go_while_connecting() {
    let (_folder, sim, recording) = two().await;
    sim.set_fault(1, Some(Fault::NeverAnswer)).unwrap();
    for round in 0..10 {
        // Removed at once, removed while waiting, removed and added again.
        recording.ingest.set_camera(CameraSpec { revision: 10 + round, ..spec(&sim, 1) });
        tokio::time::sleep(Duration::from_millis(30 * round as u64)).await;
        recording.ingest.remove_camera(camera(BAD));
        assert!(recording.ingest.status(camera(BAD)).is_none());
    }
    recording.ingest.remove_camera(camera(77));
    sim.set_fault(1, None).unwrap();
    recording.ingest.set_camera(spec(&sim, 1));
    eventually("recording", || recording.status(camera(BAD)).recording).await;
    recording.ingest.set_camera(CameraSpec { enabled: false, ..spec(&sim, 1) });
    eventually("switched off", || recording.status(camera(BAD)).cause == Some(OutageCause::Disabled)).await;
    eventually("let go", || sim.streams() == 1).await;
    finish(sim, recording).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keep_alives_do_not_disturb_the_stream() {
    let folder = tempfile::tempdir().unwrap();
    let sim = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    // 300 times as often as usual, in the middle of packets.
    let often = IngestConfig { keep_alive_every: Duration::from_millis(50), ..config(folder.path()) };
    let mut recording = Recording::start(often);
    recording.ingest.set_camera(spec(&sim, 1));
    for _ in 0..4 {
        recording.until("a segment", |event| matches!(event, IngestEvent::SegmentClosed(_))).await;
    }
    let status = recording.status(camera(1));
    assert_eq!((status.state, status.connections, status.dropped), (CameraState::Live, 1, 0), "{status:?}");
    recording.stop().await;
    tokio::task::spawn_blocking(move || drop(sim)).await.unwrap();
}
