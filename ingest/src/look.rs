//! One look at an address before a camera is set up there: what it sends, and one picture.

use std::time::Duration;

use duxue_rules::camera::OutageCause;
use tokio::time::{Instant, timeout_at};

use crate::{
    h264,
    media::{AccessUnit, KeyFrame, StreamInfo, TIMESCALE},
    source::{OpenSource, Source, SourceEvent, SourceFault, SourceOrder, SourceSink},
};

/// Pictures of so long a time tell how many come in a second.
const WATCHED: Duration = Duration::from_secs(2);

/// What a look showed.
#[derive(Clone, Debug)]
pub struct Looked {
    /// A picture that can be decoded by itself, with what the pictures are.
    pub key: KeyFrame,
    /// As in RFC 6381, such as `avc1.640028`.
    pub codec: String,
    /// Pictures a second; `None` when too few came.
    pub frames_per_second: Option<f32>,
    /// Bits a second; `None` when too few came.
    pub bitrate_bps: Option<u64>,
}

/// Lets go of a connection however the look ends, also when nobody waits for it any more.
struct Connection(Option<Box<dyn OpenSource>>);

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(open) = self.0.take() {
            // It ends on a thread of its own.
            drop(open.close());
        }
    }
}

/// Connects, takes pictures for some seconds, and lets go. At most for `patience`; drop it to end it before.
pub(crate) async fn look(source: &dyn Source, order: SourceOrder, patience: Duration) -> Result<Looked, SourceFault> {
    let until = Instant::now() + patience;
    let clock = order.clock.clone();
    let (sink, mut events) = SourceSink::channel();
    let connection = Connection(Some(source.open(order, sink)));
    let mut seen = Seen::default();
    while !seen.enough() {
        match timeout_at(until, events.next()).await {
            Ok(Some(SourceEvent::Stream(info))) => seen.info = Some(info),
            Ok(Some(SourceEvent::AccessUnit(unit))) => seen.take(unit),
            Ok(Some(SourceEvent::AudioStream(_) | SourceEvent::Audio(_))) => {}
            // What has come is told even where the camera hung up after it.
            Ok(Some(SourceEvent::Failed(fault))) if seen.key.is_none() => return Err(fault),
            Ok(Some(SourceEvent::Failed(_)) | None) | Err(_) => break,
        }
    }
    drop(connection);
    let what = if seen.units == 0 { "nothing came in time" } else { "no picture came that can be decoded by itself" };
    let cause = if seen.info.is_none() { OutageCause::Unreachable } else { OutageCause::Stalled };
    let (Some(info), Some(key)) = (seen.info, seen.key) else { return Err(SourceFault::new(cause, what)) };
    let watched = (seen.last - seen.first) as f32 / TIMESCALE as f32;
    let rate = (seen.units > 1 && watched > 0.0).then_some(watched);
    Ok(Looked {
        codec: h264::codec_name(&info.codec_config),
        frames_per_second: rate.map(|seconds| (seen.units - 1) as f32 / seconds),
        bitrate_bps: rate.map(|seconds| (seen.bytes as f32 * 8.0 / seconds) as u64),
        key: KeyFrame { at: clock(), info: info.into(), data: key.data },
    })
}

/// What has come so far.
#[derive(Default)]
struct Seen {
    info: Option<StreamInfo>,
    key: Option<AccessUnit>,
    units: u32,
    bytes: usize,
    first: i64,
    last: i64,
}

impl Seen {
    fn take(&mut self, unit: AccessUnit) {
        if self.units == 0 {
            (self.first, self.last) = (unit.pts, unit.pts);
        }
        self.units += 1;
        self.bytes += unit.data.len();
        self.first = self.first.min(unit.pts);
        self.last = self.last.max(unit.pts);
        if unit.key {
            self.key = Some(unit);
        }
    }

    fn enough(&self) -> bool {
        self.key.is_some() && self.last - self.first >= WATCHED.as_secs() as i64 * i64::from(TIMESCALE)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use bytes::Bytes;
    use jiff::Timestamp;
    use tokio::sync::oneshot;

    use super::*;
    use crate::{CameraUrl, Transport, media::VideoCodec};

    /// Sends what it was made with, and notes that it was closed.
    struct Scripted(Vec<SourceEvent>, Arc<AtomicBool>);
    struct Open(Arc<AtomicBool>, #[expect(dead_code, reason = "held, so that the channel stays open")] SourceSink);

    impl Source for Scripted {
        fn open(&self, _: SourceOrder, sink: SourceSink) -> Box<dyn OpenSource> {
            for event in self.0.clone() {
                sink.push(event);
            }
            Box::new(Open(self.1.clone(), sink))
        }
    }

    impl OpenSource for Open {
        fn keep_alive(&self) {}

        fn close(self: Box<Self>) -> oneshot::Receiver<()> {
            self.0.store(true, Ordering::SeqCst);
            oneshot::channel().1
        }
    }

    fn stream() -> SourceEvent {
        let codec_config = Bytes::from_static(&[1, 0x64, 0, 0x28, 0xff]);
        SourceEvent::Stream(StreamInfo { codec: VideoCodec::H264, width: 1280, height: 720, codec_config })
    }

    fn unit(index: i64) -> SourceEvent {
        let data = Bytes::from_static(&[0; 1000]);
        SourceEvent::AccessUnit(AccessUnit {
            arrival: Timestamp::UNIX_EPOCH,
            pts: index * 3600,
            key: index % 25 == 0,
            data,
        })
    }

    async fn looked(events: Vec<SourceEvent>) -> (Result<Looked, SourceFault>, bool) {
        let closed = Arc::new(AtomicBool::default());
        let order = SourceOrder {
            url: "rtsp://192.0.2.1/live".parse::<CameraUrl>().unwrap(),
            transport: Transport::Tcp,
            connect_timeout: Duration::from_secs(1),
            clock: Arc::new(|| Timestamp::UNIX_EPOCH),
        };
        let looked = look(&Scripted(events, closed.clone()), order, Duration::from_millis(200)).await;
        (looked, closed.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn it_tells_codec_rate_and_picture_and_lets_go() {
        let events = [stream()].into_iter().chain((0..60).map(unit)).collect();
        let (looked, closed) = looked(events).await;
        let looked = looked.unwrap();
        assert_eq!((looked.codec.as_str(), looked.key.info.width, looked.key.data.len()), ("avc1.640028", 1280, 1000));
        assert_eq!((looked.frames_per_second, looked.bitrate_bps), (Some(25.0), Some(204_000)));
        assert!(closed);
    }

    #[tokio::test]
    async fn a_refusal_and_silence_are_told_apart_and_both_let_go() {
        let fault = SourceFault::new(OutageCause::Unauthorized, "401");
        let (refused, closed) = looked(vec![SourceEvent::Failed(fault.clone())]).await;
        assert_eq!((refused.unwrap_err(), closed), (fault, true));
        let (silent, closed) = looked(vec![]).await;
        assert_eq!((silent.unwrap_err().cause, closed), (OutageCause::Unreachable, true));
        let (stalled, _) = looked(vec![stream(), unit(1)]).await;
        assert_eq!(stalled.unwrap_err().cause, OutageCause::Stalled, "a picture, but none to begin with");
    }

    #[tokio::test]
    async fn one_picture_is_enough_where_no_more_come() {
        let looked = looked(vec![stream(), unit(0)]).await.0.unwrap();
        assert_eq!((looked.frames_per_second, looked.bitrate_bps), (None, None));
    }
}
