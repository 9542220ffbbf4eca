//! A real RTSP client against the simulator: what it gets when all is well, and under every fault.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use duxue_simulator::{CameraConfig, Credentials, Fault, Identity, Script, Simulator, SimulatorConfig, Stream};
use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

/// Longer than anything here should take on a loaded machine.
const LIMIT: Duration = Duration::from_secs(40);

fn simulator(cameras: usize, credentials: Option<Credentials>) -> Simulator {
    let script = Script::empty(3, 4, 4).seated(0, Identity::of(11), 0).seated(3, Identity::of(22), 0);
    Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials,
        cameras: vec![CameraConfig::drawn(script); cameras],
        cache_dir: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("simulator"),
    })
    .unwrap()
}

/// What came of one wait for a client.
#[derive(Debug)]
enum Got {
    Unit { pts: Duration, key: bool, width: i32, height: i32 },
    Error(String),
    Ended,
    Nothing,
}

struct Client {
    pipeline: gst::Pipeline,
    sink: gst_app::AppSink,
}

impl Client {
    fn connect(url: &str) -> Self {
        Self::with(url, "tcp", "rtph264depay ! h264parse ! video/x-h264,alignment=au")
    }

    fn with(url: &str, transport: &str, parse: &str) -> Self {
        gst::init().unwrap();
        let text = format!(
            "rtspsrc location={url} protocols={transport} latency=0 buffer-mode=none timeout=0 tcp-timeout=30000000 ! {parse} \
             ! appsink name=out sync=false"
        );
        let pipeline = gst::parse::launch(&text).unwrap().downcast::<gst::Pipeline>().unwrap();
        let sink = pipeline.by_name("out").unwrap().downcast::<gst_app::AppSink>().unwrap();
        pipeline.set_state(gst::State::Playing).unwrap();
        Self { pipeline, sink }
    }

    fn next(&self, limit: Duration) -> Got {
        let until = Instant::now() + limit;
        while Instant::now() < until {
            if let Some(sample) = self.sink.try_pull_sample(gst::ClockTime::from_mseconds(20)) {
                let buffer = sample.buffer().unwrap();
                let shape = sample.caps().unwrap().structure(0).unwrap().to_owned();
                return Got::Unit {
                    pts: buffer.pts().unwrap_or_default().into(),
                    key: !buffer.flags().contains(gst::BufferFlags::DELTA_UNIT),
                    width: shape.get("width").unwrap_or_default(),
                    height: shape.get("height").unwrap_or_default(),
                };
            }
            let bus = self.pipeline.bus().unwrap();
            if let Some(message) = bus.pop_filtered(&[gst::MessageType::Error, gst::MessageType::Eos]) {
                return match message.view() {
                    gst::MessageView::Error(e) => Got::Error(format!("{} {:?}", e.error(), e.debug())),
                    _ => Got::Ended,
                };
            }
        }
        Got::Nothing
    }

    fn unit(&self) -> (Duration, bool, i32, i32) {
        match self.next(LIMIT) {
            Got::Unit { pts, key, width, height } => (pts, key, width, height),
            other => panic!("a picture was expected, not {other:?}"),
        }
    }

    /// Takes units until `enough` of one is true.
    fn until(&self, what: &str, mut enough: impl FnMut(&Got) -> bool) {
        let until = Instant::now() + LIMIT;
        while Instant::now() < until {
            if enough(&self.next(Duration::from_secs(1))) {
                return;
            }
        }
        panic!("never saw: {what}");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.pipeline.set_state(gst::State::Null);
    }
}

#[test]
fn both_streams_play_over_the_end_of_the_loop_with_even_times() {
    let simulator = simulator(1, None);
    for (stream, transport, size) in [(Stream::Main, "tcp", (1920, 1080)), (Stream::Sub, "udp", (640, 360))] {
        let client =
            Client::with(&simulator.url(1, stream), transport, "rtph264depay ! h264parse ! video/x-h264,alignment=au");
        let (mut last, key, width, height) = client.unit();
        assert!(key, "a client begins with a key frame");
        assert_eq!((width, height), size);
        let mut keys = 0;
        // The loop is 4 s long, so 6 s of frames go over its end.
        for n in 0..150 {
            let (pts, key, ..) = client.unit();
            let step = pts.saturating_sub(last);
            assert!(
                step.abs_diff(Duration::from_millis(40)) < Duration::from_millis(2),
                "frame {n}: {last:?} to {pts:?}"
            );
            keys += u32::from(key);
            last = pts;
        }
        assert_eq!(keys, 6);
    }
}

#[test]
fn the_password_is_asked_for_and_believed() {
    let credentials = Credentials { user: "admin".into(), password: "right".into() };
    let simulator = simulator(1, Some(credentials));
    Client::connect(&simulator.url_with_credentials(1, Stream::Sub)).unit();
    let open = simulator.url(1, Stream::Sub);
    for url in [open.clone(), open.replace("rtsp://", "rtsp://admin:wrong@")] {
        match Client::connect(&url).next(LIMIT) {
            Got::Error(text) => assert!(text.contains("authorized"), "{text}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(!format!("{:?}", simulator_debug()).contains("hidden"));
}

fn simulator_debug() -> Credentials {
    Credentials { user: "u".into(), password: "hidden".into() }
}

#[test]
fn a_dropped_camera_closes_and_comes_back_and_others_play_on() {
    let simulator = simulator(2, None);
    let (victim, other) =
        (Client::connect(&simulator.url(1, Stream::Sub)), Client::connect(&simulator.url(2, Stream::Sub)));
    victim.unit();
    let (mut last, ..) = other.unit();
    simulator.set_fault(1, Some(Fault::Drop)).unwrap();
    victim.until("the connection closed", |got| matches!(got, Got::Error(_) | Got::Ended));
    Client::connect(&simulator.url(1, Stream::Sub))
        .until("a new connection closed", |got| matches!(got, Got::Error(_) | Got::Ended));
    for _ in 0..50 {
        let (pts, ..) = other.unit();
        assert!(pts.saturating_sub(last) < Duration::from_millis(42));
        last = pts;
    }
    simulator.set_fault(1, None).unwrap();
    Client::connect(&simulator.url(1, Stream::Sub)).unit();
}

#[test]
fn a_stalled_camera_stays_connected_and_sends_nothing() {
    let simulator = simulator(1, None);
    let client = Client::connect(&simulator.url(1, Stream::Sub));
    client.unit();
    simulator.set_fault(1, Some(Fault::Stall)).unwrap();
    client.until("silence for a second", |got| match got {
        Got::Nothing => true,
        Got::Unit { .. } => false,
        Got::Error(_) | Got::Ended => panic!("{got:?}"),
    });
    let late = Client::connect(&simulator.url(1, Stream::Sub));
    late.until("connected, and silent", |got| match got {
        Got::Nothing => simulator.streams() == 2,
        Got::Unit { .. } => false,
        Got::Error(_) | Got::Ended => panic!("{got:?}"),
    });
    simulator.set_fault(1, None).unwrap();
    client.unit();
    late.unit();
}

#[test]
fn garbage_is_no_video_any_more() {
    let simulator = simulator(1, None);
    let client =
        Client::with(&simulator.url(1, Stream::Sub), "tcp", "rtph264depay ! h264parse ! avdec_h264 ! video/x-raw");
    client.unit();
    simulator.set_fault(1, Some(Fault::Garbage)).unwrap();
    client.until("nothing decodes for a second, or the decoder gives up", |got| !matches!(got, Got::Unit { .. }));
    simulator.set_fault(1, None).unwrap();
    Client::connect(&simulator.url(1, Stream::Sub)).unit();
}

/// The decoded luma of the next key frame's picture, mean and spread of the difference to `other`.
fn picture(client: &Client) -> Vec<u8> {
    let sample = client.sink.try_pull_sample(gst::ClockTime::from_seconds(LIMIT.as_secs())).unwrap();
    let map = sample.buffer().unwrap().map_readable().unwrap();
    map[..640 * 360].to_vec()
}

fn difference(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

fn decoding(url: &str) -> Client {
    Client::with(url, "tcp", "rtph264depay ! h264parse ! avdec_h264 ! videoconvert ! video/x-raw,format=GRAY8")
}

#[test]
fn dark_is_dark_and_frozen_does_not_move() {
    let simulator = simulator(1, None);
    let client = decoding(&simulator.url(1, Stream::Sub));
    let mean = |p: &[u8]| p.iter().map(|v| f64::from(*v)).sum::<f64>() / p.len() as f64;
    assert!(mean(&picture(&client)) > 40.0);
    simulator.set_fault(1, Some(Fault::Dark)).unwrap();
    let until = Instant::now() + LIMIT;
    while mean(&picture(&client)) > 24.0 {
        assert!(Instant::now() < until, "it never got dark");
    }
    simulator.set_fault(1, Some(Fault::Freeze)).unwrap();
    // Each second of a frozen stream is the same bytes again.
    let mut seen: Vec<Vec<u8>> = Vec::new();
    let until = Instant::now() + LIMIT;
    loop {
        seen.push(picture(&client));
        let n = seen.len();
        if n > 60
            && (0..30).all(|k| difference(&seen[n - 1 - k], &seen[n - 26 - k]) == 0.0)
            && mean(&seen[n - 1]) > 40.0
        {
            break;
        }
        assert!(Instant::now() < until, "it never froze");
    }
    simulator.set_fault(1, None).unwrap();
    let still = picture(&client);
    let until = Instant::now() + LIMIT;
    while difference(&picture(&client), &still) < 0.5 {
        assert!(Instant::now() < until, "it never moved again");
    }
}

#[test]
fn the_size_changes_in_mid_stream_and_time_goes_on() {
    let simulator = simulator(1, None);
    let client = Client::connect(&simulator.url(1, Stream::Main));
    let (mut last, ..) = client.unit();
    simulator.set_fault(1, Some(Fault::Resize)).unwrap();
    client.until("1280x720", |got| match got {
        Got::Unit { pts, width, height, key } => {
            assert!(pts.saturating_sub(last) < Duration::from_millis(42), "{last:?} {pts:?}");
            last = *pts;
            *key && (*width, *height) == (1280, 720)
        }
        _ => panic!("{got:?}"),
    });
}

#[test]
fn refusals_are_told_apart() {
    let simulator = simulator(1, None);
    let url = simulator.url(1, Stream::Main);
    for (fault, word) in [(Fault::RefuseAuth, "authorized"), (Fault::NotFound, "ound")] {
        simulator.set_fault(1, Some(fault)).unwrap();
        match Client::connect(&url).next(LIMIT) {
            Got::Error(text) => assert!(text.contains(word), "{text}"),
            other => panic!("{other:?}"),
        }
    }
    match Client::connect(&simulator.url(7, Stream::Main)).next(LIMIT) {
        Got::Error(text) => assert!(text.contains("ound"), "{text}"),
        other => panic!("{other:?}"),
    }
    assert!(simulator.set_fault(2, None).unwrap_err().to_string().contains("no camera 2"));
}

#[test]
fn one_that_never_answers_holds_up_nobody_else() {
    let simulator = simulator(2, None);
    simulator.set_fault(1, Some(Fault::NeverAnswer)).unwrap();
    let waiting: Vec<Client> = (0..3).map(|_| Client::connect(&simulator.url(1, Stream::Sub))).collect();
    let other = Client::connect(&simulator.url(2, Stream::Sub));
    for _ in 0..30 {
        other.unit();
    }
    for client in &waiting {
        assert!(matches!(client.next(Duration::from_millis(50)), Got::Nothing));
    }
    simulator.set_fault(1, None).unwrap();
    Client::connect(&simulator.url(1, Stream::Sub)).unit();
}

#[test]
fn other_media_are_described_as_what_they_are() {
    let simulator = simulator(1, None);
    let url = simulator.url(1, Stream::Sub);
    simulator.set_fault(1, Some(Fault::H265)).unwrap();
    let (_, key, width, _) = Client::with(&url, "tcp", "rtph265depay ! h265parse ! video/x-h265,alignment=au").unit();
    assert!(key && width == 640);
    simulator.set_fault(1, Some(Fault::AudioOnly)).unwrap();
    Client::with(&url, "tcp", "rtppcmadepay ! audio/x-alaw").unit();
    simulator.set_fault(1, None).unwrap();
    Client::connect(&url).unit();
}

#[test]
fn a_file_is_played_as_it_is_or_encoded_anew_and_nonsense_is_named() {
    gst::init().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let cache = dir.path().join("cache");
    let start = |path: &std::path::Path| {
        Simulator::start(SimulatorConfig {
            address: "127.0.0.1".into(),
            port: 0,
            credentials: None,
            cameras: vec![CameraConfig::file(path)],
            cache_dir: cache.clone(),
        })
    };
    let written = |name: &str, encoder: &str| {
        let path = dir.path().join(name);
        let text = format!(
            "videotestsrc num-buffers=50 ! video/x-raw,format=I420,width=800,height=600,framerate=25/1 ! {encoder} \
             ! filesink location={}",
            path.display()
        );
        let pipeline = gst::parse::launch(&text).unwrap();
        pipeline.set_state(gst::State::Playing).unwrap();
        let message = pipeline.bus().unwrap().timed_pop_filtered(
            gst::ClockTime::from_seconds(LIMIT.as_secs()),
            &[gst::MessageType::Eos, gst::MessageType::Error],
        );
        pipeline.set_state(gst::State::Null).unwrap();
        assert!(matches!(message.unwrap().view(), gst::MessageView::Eos(_)));
        path
    };
    let plain = "x264enc bframes=0 key-int-max=10 speed-preset=ultrafast ! h264parse ! mp4mux";
    let shuffled = "x264enc bframes=2 b-adapt=false key-int-max=25 speed-preset=fast ! h264parse ! mp4mux";
    for (name, encoder, keys_in_50) in [("plain.mp4", plain, 5), ("shuffled.mp4", shuffled, 2)] {
        let simulator = start(&written(name, encoder)).unwrap();
        let client = Client::connect(&simulator.url(1, Stream::Main));
        let mut keys = 0;
        let mut last = None;
        for _ in 0..100 {
            let (pts, key, width, height) = client.unit();
            assert_eq!((width, height), (800, 600));
            assert!(last.is_none_or(|last| pts > last), "{name}: times grow over the end of the file");
            last = Some(pts);
            keys += i32::from(key);
        }
        assert_eq!(keys, 2 * keys_in_50, "{name}: the file's own key frames, or ours");
        let (_, _, width, height) = Client::connect(&simulator.url(1, Stream::Sub)).unit();
        assert_eq!((width, height), (640, 360));
    }
    let nonsense = dir.path().join("nonsense.mp4");
    std::fs::write(&nonsense, "this is no video at all").unwrap();
    for path in [nonsense, dir.path().join("missing.mp4")] {
        let error = start(&path).err().unwrap();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(error.to_string().contains("camera 1") && source.contains(path.to_str().unwrap()), "{error} {source}");
    }
}

#[test]
fn a_script_breaks_the_stream_by_itself() {
    use duxue_simulator::StreamTrouble;
    let script = Script::empty(3, 4, 6).stream_trouble(StreamTrouble::Stall, 3, 6);
    let simulator = Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: vec![CameraConfig::drawn(script)],
        cache_dir: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("simulator"),
    })
    .unwrap();
    let client = Client::connect(&simulator.url(1, Stream::Sub));
    client.unit();
    let mut last = Duration::ZERO;
    let mut gaps = Vec::new();
    while gaps.len() < 2 {
        let (pts, ..) = client.unit();
        if last > Duration::ZERO && pts.saturating_sub(last) > Duration::from_millis(500) {
            gaps.push(pts - last);
        }
        last = pts;
    }
    for gap in gaps {
        assert!(gap.abs_diff(Duration::from_millis(3_040)) < Duration::from_millis(90), "{gap:?}");
    }
    let truth = simulator.truth(1, Instant::now()).unwrap().unwrap();
    assert_eq!((truth.men, truth.women), (0, 0));
    assert!(simulator.position(1).unwrap() < Duration::from_secs(6));
}

#[test]
fn a_port_in_use_is_named() {
    let simulator = simulator(1, None);
    let error = Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: simulator.port(),
        credentials: None,
        cameras: Vec::new(),
        cache_dir: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("simulator"),
    })
    .err()
    .unwrap();
    assert!(error.to_string().contains(&format!("127.0.0.1:{}", simulator.port())), "{error}");
}
