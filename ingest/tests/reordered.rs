//! Another engine behind the seam, one whose pictures come with B-frames and sound.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::{path::PathBuf, process::Command, sync::Arc, time::Duration};

use bytes::Bytes;
use common::{LIMIT, camera, clock, config, ffprobe_frames};
use duxue_ingest::{
    AccessUnit, AudioCodec, AudioInfo, CameraSpec, CameraUrl, ClosedSegment, Ingest, IngestEvent, Source, StreamInfo,
    Transport, VideoCodec, clip,
    source::{OpenSource, SourceEvent, SourceOrder, SourceSink},
};
use duxue_rules::span::Span;
use gstreamer::{self as gst, prelude::*};
use tokio::sync::oneshot;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// A film of some seconds, encoded once, with two B-frames between others, shown at its own pace.
struct Film {
    info: StreamInfo,
    /// Showing time in 90 kHz, whether it is a key frame, and the bytes; in decoding order.
    pictures: Vec<(i64, bool, Bytes)>,
}

impl Film {
    fn encode(pictures: u32) -> Self {
        gst::init().unwrap();
        let text = format!(
            "videotestsrc num-buffers={pictures} pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1 ! \
             x264enc bframes=2 b-adapt=false key-int-max=25 ! video/x-h264,profile=main ! \
             h264parse ! video/x-h264,stream-format=avc,alignment=au ! appsink name=out sync=false"
        );
        let pipeline = gst::parse::launch(&text).unwrap().downcast::<gst::Pipeline>().unwrap();
        let out = pipeline.by_name("out").unwrap().downcast::<gstreamer_app::AppSink>().unwrap();
        pipeline.set_state(gst::State::Playing).unwrap();
        let (mut pictures, mut config) = (Vec::new(), Bytes::new());
        while let Ok(sample) = out.pull_sample() {
            let data = sample.caps().unwrap().structure(0).unwrap().get::<gst::Buffer>("codec_data").unwrap();
            config = Bytes::copy_from_slice(data.map_readable().unwrap().as_slice());
            let buffer = sample.buffer().unwrap();
            let pts = (buffer.pts().unwrap().nseconds() + 5_000) * 9 / 100_000;
            let key = !buffer.flags().contains(gst::BufferFlags::DELTA_UNIT);
            pictures.push((pts as i64, key, Bytes::copy_from_slice(buffer.map_readable().unwrap().as_slice())));
        }
        pipeline.set_state(gst::State::Null).unwrap();
        assert!(pictures.windows(2).any(|pair| pair[1].0 < pair[0].0), "the film has B-frames");
        Self { info: StreamInfo { codec: VideoCodec::H264, width: 320, height: 240, codec_config: config }, pictures }
    }
}

struct Open;

impl Source for Film {
    fn open(&self, order: SourceOrder, sink: SourceSink) -> Box<dyn OpenSource> {
        let (info, pictures) = (self.info.clone(), self.pictures.clone());
        std::thread::spawn(move || {
            let sound = AudioInfo { codec: AudioCodec::Alaw, rate: 8_000, channels: 1, codec_config: Bytes::new() };
            sink.push(SourceEvent::AudioStream(sound));
            sink.push(SourceEvent::Stream(info));
            for (pts, key, data) in pictures {
                let unit = AccessUnit { arrival: (order.clock)(), pts, key, data };
                if !sink.push(SourceEvent::AccessUnit(unit)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(40));
            }
        });
        Box::new(Open)
    }
}

impl OpenSource for Open {
    fn keep_alive(&self) {}

    fn close(self: Box<Self>) -> oneshot::Receiver<()> {
        let (done, closed) = oneshot::channel();
        done.send(()).unwrap();
        closed
    }
}

/// Decoding and showing times of every picture, as ffprobe reads them (90 kHz).
fn times(path: &std::path::Path) -> Vec<(i64, i64)> {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts,dts", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let pair = |line: &str| {
        let (pts, dts) = line.trim_end_matches(',').split_once(',').unwrap();
        (dts.parse().unwrap(), pts.parse().unwrap())
    };
    text.lines().map(pair).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn b_frames_keep_their_order_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let film = tokio::task::spawn_blocking(|| Film::encode(220)).await.unwrap();
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (ingest, mut events) =
        Ingest::start_with(Arc::new(film), config(folder.path()), clock(), &tracker, stop.clone()).unwrap();
    ingest.set_camera(CameraSpec {
        id: camera(1),
        main: CameraUrl::parse("rtsp://nowhere/").unwrap(),
        sub: None,
        transport: Transport::Tcp,
        revision: 1,
        enabled: true,
    });
    let mut segments: Vec<ClosedSegment> = Vec::new();
    while segments.len() < 2 {
        match tokio::time::timeout(LIMIT, events.recv()).await.unwrap().unwrap() {
            IngestEvent::SegmentClosed(segment) => segments.push(segment),
            _ => continue,
        }
    }
    stop.cancel();
    drop(ingest);
    while events.recv().await.is_some() {}
    tracker.close();
    tracker.wait().await;

    for segment in &segments {
        let path = folder.path().join(&segment.path);
        assert_eq!(ffprobe_frames(&path), (segment.frames, String::new()));
        let times = times(&path);
        assert!(times.windows(2).all(|pair| pair[0].0 < pair[1].0), "decoding times grow");
        assert!(times.iter().all(|(dts, pts)| dts <= pts), "nothing is shown before it is decoded");
        let mut shown: Vec<i64> = times.iter().map(|(_, pts)| *pts).collect();
        shown.sort_unstable();
        assert!(shown.windows(2).all(|pair| (3_599..=3_601).contains(&(pair[1] - pair[0]))), "shown every 40 ms");
    }
    let hole = segments[1].start.duration_since(segments[0].end);
    assert!(hole.abs() <= jiff::SignedDuration::from_micros(23), "two ticks at most: {hole}");

    let inside = |at: jiff::Timestamp, ms: i64| at + jiff::SignedDuration::from_millis(ms);
    let wanted = Span::new(inside(segments[0].start, 1_500), inside(segments[1].start, 1_490)).unwrap();
    let paths: Vec<PathBuf> = segments.iter().map(|segment| folder.path().join(&segment.path)).collect();
    let out = folder.path().join("clip.mp4");
    let report = clip::cut(&paths, wanted, &out).unwrap();
    assert!(report.start <= wanted.start() && report.end >= wanted.end(), "{report:?}");
    let checked = clip::check(&out).unwrap();
    assert!(checked.is_good(), "{checked:?} of {report:?}");
    assert_eq!(ffprobe_frames(&out), (report.samples, String::new()));
}
