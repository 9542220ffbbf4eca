//! Which models there are, where they lie, and how to get those that are missing.

mod find;
mod manifest;
mod pull;

pub use find::{FoundModel, ModelProblem, ModelSet, ModelSource, default_dirs, find};
pub use manifest::{
    ChannelOrder, DetectorSpec, GenderSpec, InputSpec, LivenessSpec, Manifest, ManifestError, ModelKind, ModelSpec,
    RecogniserSpec, manifest,
};
pub use pull::{Listed, ModelState, PullAction, PullStep, UnknownModel, check_download, list, plan};
