//! The pacing thread: hands every stream that someone watches its next access unit when that is due.

use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use super::{
    camera::{Camera, Stream},
    fault::Fault,
    playhead::Playhead,
};

/// A stream that never starts to play is given up after this time.
const START_LIMIT: Duration = Duration::from_secs(30);

/// The longest sleep of the pacing thread, so that scripted faults begin in time when nobody watches.
const NAP: Duration = Duration::from_millis(40);

/// All streams that someone watches, and the thread that feeds them.
pub(crate) struct Pacer {
    started: Instant,
    feeds: Mutex<Vec<Feed>>,
    wake: Condvar,
    stopped: AtomicBool,
}

impl Pacer {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            started: Instant::now(),
            feeds: Mutex::default(),
            wake: Condvar::new(),
            stopped: AtomicBool::new(false),
        })
    }

    /// The simulator's time: since it was started.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// When that began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Feeds one more stream.
    pub(crate) fn add(&self, feed: Feed) {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner).push(feed);
        self.wake.notify_one();
    }

    /// How many streams are being fed.
    pub(crate) fn streams(&self) -> usize {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Ends the thread soon.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.wake.notify_one();
    }

    /// Whether it is to end.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Starts the thread; `tick` is called about 25 times a second with the time.
    pub(crate) fn spawn(
        self: &Arc<Self>,
        tick: impl Fn(Duration) + Send + 'static,
    ) -> std::io::Result<thread::JoinHandle<()>> {
        let pacer = self.clone();
        thread::Builder::new().name("camera-pacer".into()).spawn(move || pacer.run(tick))
    }

    fn run(&self, tick: impl Fn(Duration)) {
        let mut ticked = None;
        while !self.is_stopped() {
            let now = self.elapsed();
            if ticked.is_none_or(|t| now >= t + NAP) {
                tick(now);
                ticked = Some(now);
            }
            let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
            feeds.retain_mut(|feed| feed.step(now));
            let next = feeds.iter().map(|f| f.next).min().unwrap_or(now + NAP).min(now + NAP);
            let pause = next.saturating_sub(self.elapsed());
            if !pause.is_zero() && !self.is_stopped() {
                drop(self.wake.wait_timeout(feeds, pause));
            }
        }
    }
}

/// One stream on its way to its watchers.
pub(crate) struct Feed {
    camera: Arc<Camera>,
    stream: Stream,
    input: gst_app::AppSrc,
    garbage: Arc<AtomicBool>,
    added: Duration,
    next: Duration,
    playing: Option<Playing>,
}

struct Playing {
    head: Playhead,
    /// Running time of the pipeline and due time of the unit that was sent first.
    origin: (gst::ClockTime, Duration),
    sent: bool,
}

impl Feed {
    /// `input` takes the units; `garbage` tells the payloader's probe to spoil them.
    pub(crate) fn new(
        camera: Arc<Camera>,
        stream: Stream,
        input: gst_app::AppSrc,
        garbage: Arc<AtomicBool>,
        now: Duration,
    ) -> Self {
        Self { camera, stream, input, garbage, added: now, next: now, playing: None }
    }

    /// Sends what is due at `now`; false when the stream has ended.
    fn step(&mut self, now: Duration) -> bool {
        if self.playing.is_none() {
            if self.next > now {
                return true;
            }
            let Some(running) = self.running_time() else {
                self.next = now + Duration::from_millis(5);
                return now < self.added + START_LIMIT;
            };
            let head = Playhead::new(self.camera.wanted(self.stream), now + self.camera.offset);
            let wait = head.due() - self.camera.offset - now;
            let first = running + gst::ClockTime::try_from(wait).unwrap_or(gst::ClockTime::ZERO);
            let origin = (first, head.due());
            self.playing = Some(Playing { head, origin, sent: false });
        }
        let Some(playing) = &mut self.playing else { return true };
        let offset = self.camera.offset;
        while playing.head.due() <= now + offset {
            let due = playing.head.due();
            let fault = self.camera.fault(now);
            self.garbage.store(fault == Some(Fault::Garbage), Ordering::Relaxed);
            if !playing.sent || fault != Some(Fault::Stall) {
                let mut buffer = playing.head.unit().data.copy();
                let key = playing.head.unit().key;
                if let Some(buffer) = buffer.get_mut() {
                    let since = gst::ClockTime::try_from(due - playing.origin.1).unwrap_or(gst::ClockTime::ZERO);
                    buffer.set_pts(playing.origin.0 + since);
                    buffer.set_dts(playing.origin.0 + since);
                    if !key {
                        buffer.set_flags(gst::BufferFlags::DELTA_UNIT);
                    }
                }
                if self.input.push_buffer(buffer).is_err() {
                    return false;
                }
                playing.sent = true;
            }
            playing.head.advance();
            playing.head.change_to(&self.camera.wanted(self.stream), due);
        }
        self.next = playing.head.due() - offset;
        true
    }

    /// The pipeline's running time, once it plays.
    fn running_time(&self) -> Option<gst::ClockTime> {
        (self.input.current_state() == gst::State::Playing).then(|| self.input.current_running_time()).flatten()
    }
}
