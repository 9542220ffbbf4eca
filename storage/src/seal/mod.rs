//! The seal of evidence (R9.3): a signed manifest that tells what a video is and pins down every byte of it.
//!
//! A clip or an upload is stored while [`Digester`] takes its hashes; [`Manifest`] or [`UploadManifest`] says what it is;
//! [`Envelope::sign`] or [`Envelope::sign_upload`] signs that; what is taken out of a recording is not stored, but sealed alike
//! ([`ExportManifest`], [`Envelope::sign_export`]).
//! [`verify`](verify()) needs only the file, the envelope and the public key, no duxue, no network and no database.

mod digest;
mod envelope;
mod export;
mod manifest;
mod sealed;
mod upload;
mod verify;

pub use digest::{Digester, Digests, Hash, PIECE_BYTES};
pub use envelope::{EXPORT_PAYLOAD_TYPE, Envelope, NotOpened, PAYLOAD_TYPE, Signed, UPLOAD_PAYLOAD_TYPE};
pub use export::{EXPORT_FORMAT, ExportManifest, MissingTime};
pub use manifest::{AuditAnchor, FORMAT, Manifest, PolicyFacts, SessionFacts, Source};
pub use sealed::Sealed;
pub use upload::{UPLOAD_FORMAT, UploadManifest};
pub use verify::{Verdict, Verifier, verify};
