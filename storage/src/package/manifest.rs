//! What a package's seal says.

use duxue_rules::{
    ids::{ClassId, InstitutionId},
    text::Text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Named, seal::Hash};

/// The form of the manifest, named in it.
pub const FORMAT: &str = "duxue package 1";

/// What the payload of the envelope is.
pub const PAYLOAD_TYPE: &str = "application/vnd.duxue.package+json";

/// Of what a package is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageHead {
    /// The class.
    pub class: Named<ClassId>,
    /// Whose it is.
    pub institution: Named<InstitutionId>,
    /// When it was put together.
    pub made_at: Timestamp,
    /// By what: program and version.
    pub made_by: String,
}

/// Everything that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageManifest {
    /// [`FORMAT`].
    pub format: String,
    /// Of what it is.
    #[serde(flatten)]
    pub head: PackageHead,
    /// Every file but the seal itself, in the order in which they were written.
    pub files: Vec<PackageFile>,
    /// What should have been in it and could not be had.
    pub missing: Vec<Missing>,
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageFile {
    /// Its path, with `/` between folders.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Hash,
}

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The path that it would have.
    pub path: String,
    /// Why not.
    pub why: Text,
}
