//! A drawn classroom served as RTSP cameras, with known truth.

mod chance;
mod draw;
mod film;
mod footage;
mod identity;
mod preset;
mod script;
mod server;
mod truth;

pub use draw::{FrameError, PORTRAIT_PX, PortraitError, frame, portrait};
pub use film::FilmError;
pub use footage::encode::EncodeError;
pub use identity::{CAST, Identity, Sex};
pub use preset::{cast, classroom};
pub use script::{
    MAX_LENGTH_S, MAX_SEATS, PictureFault, PictureTrouble, Script, ScriptError, Stay, StreamFault, StreamTrouble,
};
pub use server::{CameraConfig, Credentials, Fault, Simulator, SimulatorConfig, SimulatorError, Source, Stream};
pub use truth::{Seated, Truth, truth_at};
