//! A stream's connection: the pure machine and track, wired to an engine. Used for main and sub-stream alike.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use duxue_rules::camera::{CameraState, OutageCause};
use tokio::{sync::oneshot, time};

use crate::{
    Clock,
    machine::{Action, Event, Machine, Patience},
    source::{OpenSource, Source, SourceEvent, SourceEvents, SourceFault, SourceOrder, SourceSink},
    spec::IngestConfig,
    track::{Output, Track, TrackLimits},
};

/// A connection that is not let go within this is left behind: its thread hangs, the camera goes on with a new one.
const CLOSE_PATIENCE: Duration = Duration::from_secs(8);

/// Gives connections their turns, so that a hundred cameras do not start at once.
pub(crate) struct Turns {
    apart: Duration,
    next: Mutex<Instant>,
}

impl Turns {
    pub(crate) fn new(apart: Duration) -> Self {
        Self { apart, next: Mutex::new(Instant::now()) }
    }

    fn take(&self) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*next).max(Instant::now());
        *next = turn + self.apart;
        turn
    }
}

/// What all links of a process share.
#[derive(Clone)]
pub(crate) struct Network {
    pub source: Arc<dyn Source>,
    pub turns: Arc<Turns>,
    pub clock: Clock,
    pub config: Arc<IngestConfig>,
}

/// A state that everyone should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub state: CameraState,
    pub cause: Option<OutageCause>,
    pub detail: Option<String>,
}

/// What a link did: outputs first, then reports.
#[derive(Default)]
pub(crate) struct Step {
    pub outputs: Vec<Output>,
    pub reports: Vec<Report>,
    /// Bytes of pictures that arrived.
    pub bytes: usize,
    /// Pictures that arrived.
    pub pictures: u64,
    /// Connections begun.
    pub connections: u64,
}

pub(crate) struct Link {
    network: Network,
    order: SourceOrder,
    machine: Machine,
    track: Track,
    began: Instant,
    /// When the connection that is to be made has its turn.
    turn: Option<Instant>,
    open: Option<(Box<dyn OpenSource>, SourceEvents)>,
    closing: Option<(oneshot::Receiver<()>, Instant)>,
    keep_alive_at: Instant,
    dropped_before: u64,
}

enum Woke {
    Source(Option<SourceEvent>),
    Closed,
    Turn,
    KeepAlive,
    Tick,
}

impl Link {
    pub(crate) fn new(network: Network, order: SourceOrder, seed: u64) -> Self {
        let track = Track::new((network.clock)(), TrackLimits::of(&network.config));
        Self {
            machine: Machine::new(Patience::of(&network.config), seed),
            network,
            order,
            track,
            began: Instant::now(),
            turn: None,
            open: None,
            closing: None,
            keep_alive_at: Instant::now(),
            dropped_before: 0,
        }
    }

    /// Connects from now on, anew if it was connected.
    pub(crate) fn want(&mut self, order: SourceOrder) -> Step {
        self.order = order;
        self.feed(Event::Wanted)
    }

    /// Does not connect any more.
    pub(crate) fn unwant(&mut self) -> Step {
        self.feed(Event::Unwanted)
    }

    /// Access units thrown away since the beginning: not taken in time, or waiting for a key frame.
    pub(crate) fn dropped(&self) -> u64 {
        let now = self.open.as_ref().map_or(0, |(_, events)| events.dropped());
        self.dropped_before + now + self.track.waiting_for_key
    }

    /// Waits for the next thing to happen and does it. Cancel safe: everything is kept in `self`.
    pub(crate) async fn step(&mut self) -> Step {
        let event = match self.wake().await {
            Woke::Source(Some(event)) => return self.on_source(event),
            // The channel ended without a word.
            Woke::Source(None) => Event::Failed(SourceFault::new(OutageCause::Disconnected, "the connection was lost")),
            Woke::Closed => Event::Closed,
            Woke::Turn => {
                self.connect();
                let mut step = self.feed(Event::Begun);
                step.connections = 1;
                return step;
            }
            Woke::KeepAlive => {
                if let Some((open, _)) = &self.open {
                    open.keep_alive();
                }
                self.keep_alive_at = Instant::now() + self.network.config.keep_alive_every;
                return Step::default();
            }
            Woke::Tick => Event::Tick,
        };
        self.feed(event)
    }

    /// Lets go of everything and waits for that, at most for a while.
    pub(crate) async fn shut(&mut self) -> Step {
        let step = self.unwant();
        while self.closing.is_some() {
            let Woke::Closed = self.wake().await else { continue };
            self.feed(Event::Closed);
        }
        step
    }

    async fn wake(&mut self) -> Woke {
        let tick = self.machine.wake_at().map(|at| self.began + at);
        let close_limit = self.closing.as_ref().map(|(_, limit)| *limit);
        let keep_alive = self.open.as_ref().map(|_| self.keep_alive_at);
        let next_event = async {
            match &mut self.open {
                Some((_, events)) => events.next().await,
                None => std::future::pending().await,
            }
        };
        let closed = async {
            match &mut self.closing {
                Some((closed, _)) => drop(closed.await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = closed => self.closing = None,
            () = until(close_limit) => {
                tracing::warn!(seconds = CLOSE_PATIENCE.as_secs(), "a connection could not be closed; it is left behind");
                self.closing = None;
            }
            () = until(self.turn) => { self.turn = None; return Woke::Turn }
            () = until(keep_alive) => return Woke::KeepAlive,
            event = next_event => return Woke::Source(event),
            () = until(tick) => return Woke::Tick,
        }
        Woke::Closed
    }

    fn on_source(&mut self, event: SourceEvent) -> Step {
        let mut outputs = Vec::new();
        let (mut bytes, mut pictures) = (0, 0);
        let told = match event {
            SourceEvent::Stream(info) => {
                self.track.describe(info, &mut outputs);
                Some(Event::Described)
            }
            SourceEvent::AccessUnit(unit) => {
                (bytes, pictures) = (unit.data.len(), 1);
                let before = self.track.waiting_for_key;
                self.track.push(unit, &mut outputs);
                // A picture of which nothing can be made is no sign of life.
                (self.track.waiting_for_key == before).then_some(Event::Picture)
            }
            SourceEvent::AudioStream(_) | SourceEvent::Audio(_) => None,
            SourceEvent::Failed(fault) => Some(Event::Failed(fault)),
        };
        let mut step = told.map(|event| self.feed(event)).unwrap_or_default();
        outputs.append(&mut step.outputs);
        Step { outputs, bytes, pictures, ..step }
    }

    fn feed(&mut self, event: Event) -> Step {
        let mut step = Step::default();
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for action in self.machine.on_event(self.began.elapsed(), event) {
                match action {
                    Action::Open => self.turn = Some(self.network.turns.take()),
                    Action::Close => {
                        self.turn = None;
                        match self.open.take() {
                            Some((open, gone)) => {
                                self.dropped_before += gone.dropped();
                                self.closing = Some((open.close(), Instant::now() + CLOSE_PATIENCE));
                            }
                            // It was still waiting for its turn.
                            None => events.push(Event::Closed),
                        }
                        self.track.finish(&mut step.outputs);
                    }
                    Action::Report { state, cause, detail } => step.reports.push(Report { state, cause, detail }),
                }
            }
        }
        step
    }

    fn connect(&mut self) {
        let (sink, events) = SourceSink::channel();
        self.open = Some((self.network.source.open(self.order.clone(), sink), events));
        self.keep_alive_at = Instant::now() + self.network.config.keep_alive_every;
    }
}

/// Sleeps until then, or for ever.
pub(crate) async fn until(at: Option<Instant>) {
    match at {
        Some(at) => time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
