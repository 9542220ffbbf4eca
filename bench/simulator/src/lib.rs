//! A drawn classroom served as RTSP cameras, with known truth.
//!
//! A [`Script`] says who sits where from when to when, who replaces whom, when the picture freezes or goes dark, and when the
//! stream fails; [`truth_at`] says what is really there at an instant; [`Simulator`] draws it, encodes it once, keeps it in a
//! cache directory and serves it to any number of clients, as [`CameraConfig`]s numbered from 1. [`Simulator::set_fault`]
//! breaks a camera while it runs. [`portrait`] gives the picture to enrol a person with. Nobody drawn here exists.
//!
//! ```no_run
//! use duxue_simulator::{CameraConfig, Fault, Simulator, SimulatorConfig, Stream, cast, classroom};
//!
//! let script = classroom(7, 10).leaves(3, 15).replaced(5, 20, cast(7)[20]);
//! let simulator = Simulator::start(SimulatorConfig {
//!     address: "127.0.0.1".into(),
//!     port: 0,
//!     credentials: None,
//!     cameras: vec![CameraConfig::drawn(script)],
//!     cache_dir: "cache".into(),
//! })?;
//! let address = simulator.url(1, Stream::Main);
//! simulator.set_fault(1, Some(Fault::Stall))?;
//! # Ok::<(), duxue_simulator::SimulatorError>(())
//! ```
//!
//! # What recognisers make of the drawings
//! Measured on 132 full rooms of 12, the 40 people of [`CAST`] each in six postures and seats, pictures of 1920x1080 taken at
//! full size and at 1280, by YuNet (2023mar), face-reidentification-retail-0095 and the gender head on it:
//!
//! | | detection score | same person, cosine | different people, cosine |
//! |---|---|---|---|
//! | the first 12 of the cast | 0.87 and more | 0.797 and more, median 0.953 | median 0.430, 99 % 0.642, most 0.675 |
//! | the first 24 | 0.87 and more | 0.768 and more, median 0.954 | median 0.449, 99 % 0.696, most 0.751 |
//! | all 40 | 0.87 and more | 0.726 and more, 99 % 0.801 | median 0.460, 99 % 0.724, most 0.777 |
//!
//! Against enrolment by [`portrait`], in JPEG pictures of three rooms of 10 and 12 and one of 30 as [`classroom`] makes them:
//!
//! | room | faces | most similar is the right one | own similarity | best other |
//! |---|---|---|---|---|
//! | 10 and 12 people | 340 | all | 0.742 and more, 95 % 0.877, median 0.94 | 95 % 0.779, most 0.795 |
//! | 30 people | 180 | 179 | 0.620 and more, 95 % 0.806, median 0.91 | 95 % 0.760, most 0.770 |
//!
//! So drawn people are told apart, but by a limit of their own, [`TOLD_APART_FROM`], where photographs take 0.363. All faces
//! were found in every one of these pictures at full size, with scores of 0.84 (30 people: 0.80) and more.
//!
//! The gender head follows the sex that [`CAST`] is drawn with (men 0.42 and more, mostly 0.9; women 0.01) where faces are 90
//! pixels wide and more; in a room of 30 a few men are read as women. Of numbers that were not chosen so, all women are read
//! as women, and a quarter of the men as well.
//!
//! # What it costs
//! A minute of one script takes about 20 CPU-seconds to draw and encode once (5 different pictures a second, repeated to 25).
//! Serving copies nothing: 50 clients of 1080p at 3 Mbit/s over TCP took 15 % of one core, 0.18 CPU-seconds per
//! stream-minute, and 216 MB of memory with 6 threads a stream.

/// Cosine similarity by face-reidentification-retail-0095 from which a drawn face and a [`portrait`] are the same person.
pub const TOLD_APART_FROM: f32 = 0.80;

mod chance;
mod draw;
mod film;
mod footage;
mod identity;
mod preset;
mod script;
mod server;
mod truth;

pub use draw::{FrameError, PORTRAIT_PX, PortraitError, face_at, frame, portrait};
pub use film::FilmError;
pub use footage::encode::EncodeError;
pub use identity::{CAST, Identity, Sex};
pub use preset::{cast, classroom};
pub use script::{
    MAX_LENGTH_S, MAX_SEATS, PictureFault, PictureTrouble, Script, ScriptError, Stay, StreamFault, StreamTrouble,
};
pub use server::{CameraConfig, Credentials, Fault, Simulator, SimulatorConfig, SimulatorError, Source, Stream};
pub use truth::{Seated, Truth, truth_at};
