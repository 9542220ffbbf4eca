//! The seal of evidence (R9.3): a signed manifest that tells what a clip shows and pins down every byte of it.
//!
//! A clip is cut and stored while [`Digester`] takes its hashes; [`Manifest`] says what it is; [`Envelope::sign`] signs that;
//! [`verify`](verify()) needs only the file, the envelope and the public key, no duxue, no network and no database.

mod digest;
mod envelope;
mod manifest;
mod verify;

pub use digest::{Digester, Digests, Hash, PIECE_BYTES};
pub use envelope::{Envelope, NotOpened, PAYLOAD_TYPE, Signed};
pub use manifest::{AuditAnchor, FORMAT, Manifest, PolicyFacts, SessionFacts, Source};
pub use verify::{Verdict, Verifier, verify};
