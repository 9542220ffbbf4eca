//! What to do about a connection: a pure state machine. Time comes in as a growing [`Duration`] of any origin.

use std::time::Duration;

use duxue_rules::camera::{CameraState, OutageCause};

use crate::{source::SourceFault, spec::IngestConfig};

/// What the machine is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The camera is wanted, now and anew: at the beginning, after a change, or when it was switched on.
    Wanted,
    /// The camera is switched off.
    Unwanted,
    /// The connection, asked for by [`Action::Open`], is being made now: it may have waited for its turn.
    Begun,
    /// The engine found the stream and knows what it is.
    Described,
    /// A picture arrived that the track could use.
    Picture,
    /// The engine gave up.
    Failed(SourceFault),
    /// The engine has let go of everything.
    Closed,
    /// Time passed.
    Tick,
}

/// What the machine wants done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Make a connection.
    Open,
    /// Let go of the connection; `Event::Closed` must follow some time.
    Close,
    /// Tell everyone.
    Report { state: CameraState, cause: Option<OutageCause>, detail: Option<String> },
}

/// The machine's patience.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    pub connect: Duration,
    pub stall: Duration,
    pub backoff_min: Duration,
    pub backoff_max: Duration,
    pub refused: Duration,
}

impl Patience {
    pub(crate) fn of(config: &IngestConfig) -> Self {
        Self {
            connect: config.connect_timeout,
            stall: config.stall_after,
            backoff_min: config.backoff_min,
            backoff_max: config.backoff_max,
            refused: config.refused_retry,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Off,
    /// Letting go of a connection.
    Closing(Next),
    Connecting {
        until: Duration,
        described: bool,
    },
    Live {
        since: Duration,
        last: Duration,
    },
    Waiting {
        until: Duration,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Off,
    Open,
    Wait(Duration),
}

pub(crate) struct Machine {
    patience: Patience,
    /// Makes the pauses of different cameras differ.
    seed: u64,
    phase: Phase,
    state: CameraState,
    failures: u32,
}

impl Machine {
    pub(crate) fn new(patience: Patience, seed: u64) -> Self {
        Self { patience, seed, phase: Phase::Off, state: CameraState::Connecting, failures: 0 }
    }

    /// When `Event::Tick` is due.
    pub(crate) fn wake_at(&self) -> Option<Duration> {
        match self.phase {
            Phase::Off | Phase::Closing(_) => None,
            Phase::Connecting { until, .. } | Phase::Waiting { until } => Some(until),
            Phase::Live { last, .. } => Some(last + self.patience.stall),
        }
    }

    pub(crate) fn on_event(&mut self, now: Duration, event: Event) -> Vec<Action> {
        match (event, self.phase) {
            (Event::Wanted, phase) => self.wanted(now, phase),
            (Event::Unwanted, phase) => self.unwanted(phase),

            (Event::Begun, Phase::Connecting { described, .. }) => {
                self.phase = Phase::Connecting { until: now + self.patience.connect, described };
                Vec::new()
            }
            (Event::Described, Phase::Connecting { until, .. }) => {
                self.phase = Phase::Connecting { until, described: true };
                Vec::new()
            }
            (Event::Picture, Phase::Connecting { .. }) => {
                self.phase = Phase::Live { since: now, last: now };
                self.report(CameraState::Live, None, None).into_iter().collect()
            }
            (Event::Picture, Phase::Live { since, .. }) => {
                self.phase = Phase::Live { since, last: now };
                if now.saturating_sub(since) >= self.patience.backoff_max {
                    self.failures = 0;
                }
                Vec::new()
            }
            (Event::Failed(fault), Phase::Connecting { .. } | Phase::Live { .. }) => self.failed(fault),

            (Event::Closed, Phase::Closing(next)) => self.closed(now, next),
            (Event::Tick, Phase::Connecting { until, described }) if now >= until => self.no_answer(described),
            (Event::Tick, Phase::Live { last, .. }) if now >= last + self.patience.stall => self.stalled(),
            (Event::Tick, Phase::Waiting { until }) if now >= until => self.open(now),

            // Late words of a connection that is given up already, and ticks before their time.
            (
                Event::Begun | Event::Described,
                Phase::Off | Phase::Closing(_) | Phase::Live { .. } | Phase::Waiting { .. },
            )
            | (Event::Picture | Event::Failed(_), Phase::Off | Phase::Closing(_) | Phase::Waiting { .. })
            | (Event::Closed, Phase::Off | Phase::Connecting { .. } | Phase::Live { .. } | Phase::Waiting { .. })
            | (
                Event::Tick,
                Phase::Off | Phase::Closing(_) | Phase::Connecting { .. } | Phase::Live { .. } | Phase::Waiting { .. },
            ) => Vec::new(),
        }
    }

    fn wanted(&mut self, now: Duration, phase: Phase) -> Vec<Action> {
        self.failures = 0;
        match phase {
            Phase::Off | Phase::Waiting { .. } => self.open(now),
            Phase::Closing(_) => {
                self.phase = Phase::Closing(Next::Open);
                Vec::new()
            }
            Phase::Connecting { .. } | Phase::Live { .. } => {
                self.phase = Phase::Closing(Next::Open);
                vec![Action::Close]
            }
        }
    }

    fn unwanted(&mut self, phase: Phase) -> Vec<Action> {
        let mut actions = Vec::new();
        self.phase = match phase {
            Phase::Off | Phase::Waiting { .. } => Phase::Off,
            Phase::Closing(_) => Phase::Closing(Next::Off),
            Phase::Connecting { .. } | Phase::Live { .. } => {
                actions.push(Action::Close);
                Phase::Closing(Next::Off)
            }
        };
        actions.extend(self.report(CameraState::Refused, Some(OutageCause::Disabled), None));
        actions
    }

    fn open(&mut self, now: Duration) -> Vec<Action> {
        self.phase = Phase::Connecting { until: now + self.patience.connect, described: false };
        // After a stall the camera stays "stalled" until the new connection shows something else.
        let report = match self.state {
            CameraState::Stalled => None,
            _ => self.report(CameraState::Connecting, None, None),
        };
        report.into_iter().chain([Action::Open]).collect()
    }

    fn closed(&mut self, now: Duration, next: Next) -> Vec<Action> {
        match next {
            Next::Off => {
                self.phase = Phase::Off;
                Vec::new()
            }
            Next::Open => self.open(now),
            Next::Wait(pause) => {
                self.phase = Phase::Waiting { until: now + pause };
                Vec::new()
            }
        }
    }

    fn failed(&mut self, fault: SourceFault) -> Vec<Action> {
        self.failures = self.failures.saturating_add(1);
        let refused = matches!(fault.cause, OutageCause::Unauthorized | OutageCause::UnsupportedMedia);
        let (state, pause) = if refused {
            (CameraState::Refused, self.patience.refused)
        } else {
            (CameraState::BackingOff, self.pause())
        };
        self.phase = Phase::Closing(Next::Wait(pause));
        let report = self.report(state, Some(fault.cause), Some(fault.detail));
        report.into_iter().chain([Action::Close]).collect()
    }

    fn no_answer(&mut self, described: bool) -> Vec<Action> {
        let seconds = self.patience.connect.as_secs_f32();
        self.failed(if described {
            SourceFault::new(OutageCause::Stalled, format!("connected, but no key frame within {seconds} s"))
        } else {
            SourceFault::new(OutageCause::Unreachable, format!("no answer within {seconds} s"))
        })
    }

    fn stalled(&mut self) -> Vec<Action> {
        self.phase = Phase::Closing(Next::Open);
        let detail = format!("no picture for {} s", self.patience.stall.as_secs_f32());
        let report = self.report(CameraState::Stalled, Some(OutageCause::Stalled), Some(detail));
        report.into_iter().chain([Action::Close]).collect()
    }

    fn report(&mut self, state: CameraState, cause: Option<OutageCause>, detail: Option<String>) -> Option<Action> {
        self.state = state;
        Some(Action::Report { state, cause, detail })
    }

    /// Doubles with each failure up to the most; ± 20 %, so that cameras behind one broken switch do not come back at once.
    fn pause(&self) -> Duration {
        let doublings = self.failures.saturating_sub(1).min(16);
        let whole = self.patience.backoff_min.saturating_mul(1 << doublings).min(self.patience.backoff_max);
        // SplitMix64: any well-mixed function of seed and count does.
        let mut mixed = self.seed.wrapping_add(u64::from(self.failures).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        whole.mul_f64(0.8 + 0.4 * ((mixed >> 40) as f64 / f64::from(1 << 24)))
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
