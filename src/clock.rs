//! The one place that asks what time it is. Everything else is told.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Says what time it is; handed to every part that needs to know.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of the machine.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn system() -> Clock {
    Arc::new(Timestamp::now)
}

/// A clock that is led through the past by hand, and let go into the present in the end. For the demo's half year.
#[derive(Clone)]
pub struct Steered {
    led: Arc<Mutex<Option<Timestamp>>>,
    present: Clock,
}

impl Steered {
    /// Stands at `from` until it is led on.
    pub fn at(from: Timestamp, present: Clock) -> Self {
        Self { led: Arc::new(Mutex::new(Some(from))), present }
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        self.led.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| (self.present)())
    }

    /// Leads it on to `to`; it never goes back.
    pub fn lead(&self, to: Timestamp) {
        let mut led = self.led.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = led.as_mut() {
            *at = to.max(*at);
        }
    }

    /// Leads it on by so much.
    pub fn pass(&self, by: SignedDuration) {
        let mut led = self.led.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = led.as_mut() {
            *at += by;
        }
    }

    /// From here on it shows the present.
    pub fn let_go(&self) {
        *self.led.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// It, as every part is handed a clock.
    pub fn clock(&self) -> Clock {
        let steered = self.clone();
        Arc::new(move || steered.now())
    }
}
