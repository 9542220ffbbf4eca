//! One simulated camera: what it shows, and what is wrong with it now.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::fault::Fault;
use crate::{footage::Footage, script::Script, truth::truth_at};

/// Which of a camera's two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// The full picture.
    Main,
    /// The small one.
    Sub,
}

impl Stream {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Main, Self::Sub];

    /// As it stands in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Sub => "sub",
        }
    }
}

/// The same thing for each stream.
#[derive(Clone, Debug)]
pub(crate) struct PerStream<T> {
    pub(crate) main: T,
    pub(crate) sub: T,
}

impl<T> PerStream<T> {
    pub(crate) fn of(&self, stream: Stream) -> &T {
        match stream {
            Stream::Main => &self.main,
            Stream::Sub => &self.sub,
        }
    }
}

/// A camera.
pub(crate) struct Camera {
    /// What it shows when nothing is wrong.
    pub(crate) footage: PerStream<Arc<Footage>>,
    /// The script behind the footage, unless it is a file.
    pub(crate) script: Option<Script>,
    /// How far ahead of the simulator's own time this camera's script time is.
    pub(crate) offset: Duration,
    now: Mutex<Trouble>,
}

#[derive(Default)]
struct Trouble {
    fault: Option<Fault>,
    instead: Option<PerStream<Arc<Footage>>>,
}

impl Camera {
    pub(crate) fn new(footage: PerStream<Arc<Footage>>, script: Option<Script>, offset: Duration) -> Self {
        Self { footage, script, offset, now: Mutex::default() }
    }

    /// Sets or clears what is wrong, with the footage to show instead, if the fault is one of the picture.
    pub(crate) fn set(&self, fault: Option<Fault>, instead: Option<PerStream<Arc<Footage>>>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Trouble { fault, instead };
    }

    /// What is wrong at `elapsed` of the simulator's time: by command, else by script.
    pub(crate) fn fault(&self, elapsed: Duration) -> Option<Fault> {
        self.commanded().or_else(|| self.scripted(elapsed))
    }

    /// The same, but only when it is by script.
    pub(crate) fn fault_by_script(&self, elapsed: Duration) -> Option<Fault> {
        if self.commanded().is_some() { None } else { self.scripted(elapsed) }
    }

    fn commanded(&self) -> Option<Fault> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).fault
    }

    fn scripted(&self, elapsed: Duration) -> Option<Fault> {
        let script = self.script.as_ref().filter(|s| !s.stream.is_empty())?;
        truth_at(script, elapsed + self.offset).stream.map(Fault::from)
    }

    /// What to show now, sooner or later: a change waits for the next key frame.
    pub(crate) fn wanted(&self, stream: Stream) -> Arc<Footage> {
        let trouble = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.instead.as_ref().unwrap_or(&self.footage).of(stream).clone()
    }
}
