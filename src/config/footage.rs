//! Footage: how it is recorded, analysed, cut and kept.

use std::path::PathBuf;

use duxue_analytics::provider::{Precision, Provider};
use serde::Deserialize;

/// How footage is recorded and let go.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordingConfig {
    /// Footage that nothing needs is let go after this many days.
    pub keep_days: u32,
    /// Below this much free disk the oldest footage that nothing needs goes first.
    pub reserve_bytes: u64,
    /// The longest segment in seconds.
    pub segment_seconds: u32,
}

impl Default for RecordingConfig {
    fn default() -> Self {
        Self { keep_days: 30, reserve_bytes: 2 << 30, segment_seconds: 60 }
    }
}

/// How pictures are analysed.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnalysisConfig {
    /// Off: cameras are recorded and shown, nobody is counted.
    pub enabled: bool,
    /// Seconds between two samples of a camera in lesson time.
    pub sample_seconds: u32,
    /// Whether people without a visible face are counted as well.
    pub people: bool,
    /// People are looked for in one of so many samples at least, and wherever fewer faces show than people were there; 1: in each.
    pub people_every: u32,
    /// A picture is reduced to this many pixels on its longer side before people are looked for.
    pub people_long_side: u32,
    /// The same before faces are looked for. Time grows with its square; faces need 14 pixels of 1920 at 960.
    pub faces_long_side: u32,
    /// Whoever is known and sits still is told anew after so many seconds at the latest.
    pub known_seconds: u32,
    /// Folders searched for models before the usual ones.
    pub models: Vec<PathBuf>,
    /// `libonnxruntime.so`; absent: searched in the usual places.
    pub onnxruntime: Option<PathBuf>,
    /// Decoders shared by all cameras.
    pub decoders: usize,
    /// Threads of the model runtime.
    pub threads: usize,
    /// Pictures analysed at once, each with the models loaded for itself: as many cores as analysis may take.
    pub workers: usize,
    /// Who runs the models; the CPU when it cannot.
    pub provider: Provider,
    /// Which card, counted from 0.
    pub device: u16,
    /// How exactly a card calculates.
    pub precision: Precision,
}

impl Default for AnalysisConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            sample_seconds: 10,
            people: true,
            people_every: 3,
            people_long_side: 640,
            faces_long_side: 960,
            known_seconds: 300,
            models: Vec::new(),
            onnxruntime: None,
            decoders: 2,
            threads: 1,
            workers: 1,
            provider: Provider::Cpu,
            device: 0,
            precision: Precision::Exact,
        }
    }
}

/// Which clips are cut without being asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Of which lessons.
    pub clips: ClipsOf,
}

/// Of which lessons clips are cut without being asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClipsOf {
    /// Of those that the plan picks so that R9.1 will hold (R9.2).
    #[default]
    PlannedDays,
    /// Of every session.
    EverySession,
    /// Of none.
    None,
}

/// Where objects are kept.
#[derive(Debug, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectsConfig {
    /// In `data_dir/objects`.
    #[default]
    Local,
    /// In a bucket of S3 or a compatible; the keys come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    S3 {
        /// The bucket; it must exist.
        bucket: String,
        /// The address of a compatible service; absent for AWS.
        endpoint: Option<String>,
        /// What every key begins with, for several uses of one bucket.
        #[serde(default)]
        prefix: String,
        /// The region.
        #[serde(default = "default_region")]
        region: String,
        /// Whether an `http://` endpoint is wanted: only for a store on the same machine.
        #[serde(default)]
        allow_http: bool,
    },
}

fn default_region() -> String {
    "us-east-1".into()
}
