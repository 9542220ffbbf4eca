//! What we see: pictures in, faces with hints out.
//!
//! A [`Picture`] goes through the face detector ([`detect`]) and, for those who look away, the people detector
//! ([`people`]). A face is cut out and turned upright ([`align`]), becomes an [`Embedding`] that only compares with
//! embeddings of the same model, and gives a hint of man or woman. [`Analyser`] runs the models; everything before and after them is plain functions with tests of their own. Which models, from
//! where and with which pre-processing is data: `manifest.toml`, read by [`models`].
//!
//! There is no clock and no async here: calls block for milliseconds, on the caller's own threads. What was measured
//! stands in `README.md` beside this crate.
//!
//! # To add a model
//! 1. An entry in `manifest.toml`: file, SHA-256, licence, where from, input and template.
//! 2. Another family of detector needs its own decoder beside [`detect`]; a recogniser or gender head needs no code.
//! 3. `cargo nextest run -p duxue-analytics`: the accuracy tests print a table; its figures go into `README.md`.

pub mod align;
mod analyser;
pub mod cost;
pub mod detect;
mod detector;
mod embedding;
mod enrol;
pub mod evaluation;
mod faceless;
pub mod footage;
#[cfg(test)]
mod fuzz;
mod gallery;
mod measure;
pub mod models;
mod nms;
mod onnx;
pub mod people;
mod people_detector;
mod picture;
mod recogniser;
mod resample;
pub mod runtime;
pub mod tamper;

pub use analyser::{Analyser, Face, LoadError, ObserveError, ObserveOptions, Observed, PixelArea, Timings};
pub use embedding::{Embedding, EmbeddingError};
pub use enrol::{EnrolRefusal, Quality, Template, portrait};
pub use gallery::Gallery;
pub use measure::{Measured, measures};
pub use onnx::{ModelLoadError, RunError};
pub use picture::{OwnedPicture, Picture, PictureError, decode, decode_jpeg, decode_png, encode_jpeg};
