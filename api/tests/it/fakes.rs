//! Cameras and an analyser that do as they are told.

use std::{
    collections::HashMap,
    io::{Seek, Write},
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use duxue_api::edges::{
    CameraStatus, Cameras, CutRefusal, DiskRoom, EnrolRefusal, FaceTemplate, Film, LiveEvent, LiveFragment,
    LivePictures, LiveRefusal, LookAt, LookRefusal, Looked, Snapshot, Stream, Vision, VisionModel, VisionProvider,
    VisionStatus,
};
use duxue_rules::{
    Text,
    camera::{CameraState, OutageCause},
    ids::{CameraId, DeviceId, StudentId},
    observation::Likeness,
    span::Span,
};
use duxue_storage::liveness::Liveness;
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use jiff::Timestamp;
use tokio::sync::mpsc;

/// A number that would betray a template wherever it showed.
pub const TELLTALE: f32 = 0.123_456_7;

/// The hole that every film is said to have.
pub const GAP: (&str, &str) = ("2024-10-08T01:30:00Z", "2024-10-08T01:40:00Z");

#[derive(Default)]
pub struct FakeCameras {
    states: Mutex<HashMap<CameraId, CameraStatus>>,
    feeds: Mutex<HashMap<CameraId, mpsc::Receiver<LiveEvent>>>,
    pub refuse: Mutex<Option<Text>>,
    pub asked: AtomicUsize,
    pub full: AtomicBool,
    /// Less is free than recordings need.
    pub low: AtomicBool,
    /// Why nothing is cut.
    pub uncut: Mutex<Option<CutRefusal>>,
}

pub fn status(state: CameraState) -> CameraStatus {
    CameraStatus {
        state,
        cause: None,
        detail: None,
        since: Timestamp::UNIX_EPOCH,
        last_frame_at: None,
        width: Some(1920),
        height: Some(1080),
        codec: Some("avc1.640028".into()),
        bitrate_bps: Some(3_000_000),
        recording: state == CameraState::Live,
    }
}

pub fn fragment(seq: u64) -> LiveEvent {
    let data = Bytes::from(format!("moof{seq}"));
    LiveEvent::Fragment(LiveFragment { seq, key: seq == 0, arrival: Timestamp::UNIX_EPOCH, data })
}

impl FakeCameras {
    pub fn set(&self, camera: CameraId, state: CameraState) {
        self.states.lock().unwrap().insert(camera, status(state));
    }

    /// The camera is live, and whoever subscribes next gets what is sent here; the stream ends with the sender.
    pub fn feed(&self, camera: CameraId) -> mpsc::Sender<LiveEvent> {
        let (sender, receiver) = mpsc::channel(64);
        self.feeds.lock().unwrap().insert(camera, receiver);
        self.set(camera, CameraState::Live);
        sender
    }
}

impl Cameras for FakeCameras {
    fn status(&self, camera: CameraId) -> Option<CameraStatus> {
        self.states.lock().unwrap().get(&camera).cloned()
    }

    fn live(&self, camera: CameraId, _: Stream) -> BoxFuture<'_, Result<LivePictures, LiveRefusal>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if let Some(why) = self.refuse.lock().unwrap().clone() {
            return async { Err(LiveRefusal::Refused(why)) }.boxed();
        }
        let feed = self.feeds.lock().unwrap().remove(&camera);
        async move {
            let feed = feed.ok_or(LiveRefusal::NotLive)?;
            let events = stream::unfold(feed, async |mut feed| feed.recv().await.map(|event| (event, feed))).boxed();
            let mime = r#"video/mp4; codecs="avc1.640028""#.to_owned();
            Ok(LivePictures { mime, init: Bytes::from_static(b"ftypmoov"), events })
        }
        .boxed()
    }

    fn snapshot(&self, camera: CameraId) -> BoxFuture<'_, Result<Snapshot, LiveRefusal>> {
        let live = self.status(camera).is_some_and(|status| status.state == CameraState::Live);
        async move {
            let jpeg = Bytes::from_static(b"\xff\xd8\xff snapshot");
            if live { Ok(Snapshot { at: Timestamp::UNIX_EPOCH, jpeg }) } else { Err(LiveRefusal::NotLive) }
        }
        .boxed()
    }

    /// Looks where the path is `/main`; elsewhere, or with the wrong password, there is nothing.
    fn look(&self, address: LookAt) -> BoxFuture<'_, Result<Looked, LookRefusal>> {
        let refused = |cause, detail: &str| Err(LookRefusal::Nothing { cause, detail: detail.to_owned() });
        let looked = if address.credentials.is_some_and(|known| known.password != "open") {
            refused(OutageCause::Unauthorized, "401")
        } else if address.url.ends_with("/main") {
            Ok(Looked {
                jpeg: Bytes::from_static(b"\xff\xd8\xff looked"),
                width: 1920,
                height: 1080,
                codec: "avc1.640028".into(),
                frames_per_second: Some(25.0),
                bitrate_bps: Some(3_000_000),
            })
        } else if address.url.ends_with("/busy") {
            Err(LookRefusal::Busy)
        } else {
            refused(OutageCause::NotFound, "404")
        };
        async { looked }.boxed()
    }

    /// Cuts nothing: the film is all the files, one after the other.
    fn cut(&self, files: Vec<PathBuf>, wanted: Span) -> BoxFuture<'_, Result<Film, CutRefusal>> {
        let refusal = *self.uncut.lock().unwrap();
        async move {
            if let Some(refusal) = refusal {
                return Err(refusal);
            }
            let mut file = tempfile::tempfile().unwrap();
            for path in files {
                file.write_all(&std::fs::read(path).unwrap()).unwrap();
            }
            file.rewind().unwrap();
            Ok(Film { file, span: wanted, gaps: vec![crate::seed::span(GAP.0, GAP.1)] })
        }
        .boxed()
    }

    fn disk(&self) -> Option<DiskRoom> {
        let full = self.full.load(Ordering::SeqCst);
        let free_bytes = if self.low.load(Ordering::SeqCst) { 5 << 20 } else { 50 << 20 };
        Some(DiskRoom { free_bytes, total_bytes: 100 << 20, low_below_bytes: 10 << 20, full })
    }
}

/// Finds a face in whatever begins like a JPEG and is long enough.
#[derive(Default)]
pub struct FakeVision {
    pub off: AtomicBool,
}

impl Vision for FakeVision {
    fn status(&self) -> VisionStatus {
        if self.off.load(Ordering::SeqCst) {
            return VisionStatus::Off { reason: Text::new("未找到模型", "models are missing") };
        }
        let provider =
            VisionProvider {
                wanted: "cuda", running: "cpu", reason: Some(Text::new("没有显卡", "there is no card"))
            };
        let model = VisionModel {
            name: "yunet".into(),
            kind: "detector".into(),
            sha256: Some("104ee26c".into()),
            licence: Some("Apache-2.0".into()),
            origin: None,
        };
        VisionStatus::On { models: vec![model], runtime: Some("1.32.0".into()), provider }
    }

    fn enrol(&self, picture: Bytes) -> BoxFuture<'_, Result<FaceTemplate, EnrolRefusal>> {
        let off = self.off.load(Ordering::SeqCst);
        async move {
            if off {
                return Err(EnrolRefusal::Unavailable(Text::new("未找到模型", "models are missing")));
            }
            if !picture.starts_with(b"\xff\xd8") || picture.len() < 8 {
                let text = Text::new("照片中没有人脸", "there is no face in the picture");
                return Err(EnrolRefusal::Picture { code: "no_face".into(), text });
            }
            let mut vector = vec![TELLTALE; 128];
            // The same person, at another hour.
            if picture.windows(7).any(|word| word == b"evening") {
                vector[64..].fill(0.0);
            }
            // Somebody else.
            if picture.windows(8).any(|word| word == b"stranger") {
                vector[64..].fill(-TELLTALE);
            }
            let portrait = picture.to_vec();
            let model = "sface".into();
            Ok(FaceTemplate { model, vector, score: 0.9, eye_distance_px: 60.0, sharpness: 120.0, portrait })
        }
        .boxed()
    }

    fn recogniser(&self) -> Option<String> {
        (!self.off.load(Ordering::SeqCst)).then(|| "sface".to_owned())
    }

    /// A picture with a fourth byte of 1 is one held up; each picture is a check-in of its own.
    fn liveness(&self, _: DeviceId, picture: Bytes) -> BoxFuture<'_, Option<Liveness>> {
        let held_up = picture.get(3) == Some(&1);
        async move { Some(Liveness { pictures: 1, in_person: u32::from(!held_up) }) }.boxed()
    }

    /// The last bytes of the picture say how much it looks like the first student that is known: 80 is 0.8.
    fn liken(
        &self,
        picture: Bytes,
        known: Vec<(StudentId, Vec<f32>)>,
    ) -> BoxFuture<'_, Result<Option<Likeness>, EnrolRefusal>> {
        async move {
            self.enrol(picture.clone()).await?;
            let similarity = f32::from(picture.last().copied().unwrap_or(0)) / 100.0;
            Ok(known.first().map(|(student, _)| Likeness { student: *student, similarity, runner_up: None }))
        }
        .boxed()
    }
}
