//! The drawn classroom: a script's frames, out of nothing but numbers.

mod artist;
mod body;
mod brush;
mod desk;
mod face;
mod hair;
mod layout;
mod light;
mod looks;
mod person;
mod planes;
mod portrait;
mod pose;
mod room;
mod sprite;

pub(crate) use artist::{Artist, COVERED, PICTURES_PER_SECOND};
pub use layout::face_at;
pub(crate) use planes::Planes;
pub use portrait::{FrameError, PORTRAIT_PX, PortraitError, frame, portrait};
