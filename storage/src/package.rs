//! Everything of a class in one file (R9.3, R11.1): a ZIP (PKWARE APPNOTE 6.3) of clips and
//! uploads with their seals, records, the audit
//! log's entries with proofs, and a signed list of it all.
//!
//! [`PackageWriter`] writes it as it goes, to anything that takes bytes, so that no package is ever built on disk;
//! [`verify()`] checks one, zipped or unpacked, with the public key alone.

mod audit;
mod manifest;
mod verify;
mod writer;

pub use audit::{AuditExtract, ProvedEntry};
pub use manifest::{FORMAT, Missing, PAYLOAD_TYPE, PackageFile, PackageHead, PackageManifest};
pub use verify::{Flaw, PackageReport, Unreadable, verify};
pub use writer::PackageWriter;

/// The signed list.
pub const SEAL: &str = "package.seal.json";
/// The audit log's entries about the class.
pub const AUDIT: &str = "audit/entries.json";
/// The signed statement of the audit log's length and root.
pub const CHECKPOINT: &str = "audit/checkpoint.txt";
/// What comes after the name of a clip or an upload in the name of its seal.
pub const CLIP_SEAL: &str = ".seal.json";
/// Where the clips are.
pub const CLIPS: &str = "clips/";
/// Where the videos are that the institution handed in.
pub const UPLOADS: &str = "uploads/";
