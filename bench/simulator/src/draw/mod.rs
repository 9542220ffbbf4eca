//! The drawn classroom: a script's frames, out of nothing but numbers.

mod body;
mod brush;
mod face;
mod hair;
mod looks;
mod person;
mod planes;
mod portrait;
mod pose;

use std::sync::Arc;

pub(crate) use planes::Planes;
pub use portrait::{PORTRAIT_PX, PortraitError, portrait};

use crate::script::Script;

/// How many different pictures are drawn for a second of footage; the frames in between repeat them.
pub(crate) const PICTURES_PER_SECOND: u32 = 5;

/// Draws the pictures of a script, in order.
pub(crate) struct Artist {
    script: Script,
}

impl Artist {
    pub(crate) fn new(script: &Script) -> Self {
        Self { script: script.clone() }
    }

    /// The picture number `n`, at [`PICTURES_PER_SECOND`].
    pub(crate) fn picture(&mut self, n: u32) -> Arc<Planes> {
        let mut planes = Planes::grey(1920, 1080, 90);
        for y in 0..1080 {
            for x in 0..1920 {
                planes.data[y * 1920 + x] = (40 + x / 12 + (y / 24) % 20 + self.script.seed as usize % 7) as u8;
            }
        }
        let left = (n as usize * 24) % 1600;
        for y in 400..600 {
            planes.data[y * 1920 + left..y * 1920 + left + 200].fill(220);
        }
        Arc::new(planes)
    }
}
