//! What a seal says about a stretch of a camera's recording that somebody took out (R7.1x, R9.3).
//!
//! It is no evidence clip of a lesson: nobody planned it, and it counts for nothing. It vouches that these are the recorder's
//! own pictures of that time, says what is missing of it and why, and who took it.

use duxue_rules::{
    camera::OutageCause,
    ids::{CameraId, InstitutionId, UserId, VenueId},
    span::Span,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    digest::{Digests, Hash, PIECE_BYTES},
    manifest::{AuditAnchor, Source},
};
use crate::Named;

/// The form of the manifest, named in it.
pub const EXPORT_FORMAT: &str = "duxue export 1";

/// Everything that is signed. JSON with these keys; what is added later comes with a default or a new [`EXPORT_FORMAT`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportManifest {
    /// [`EXPORT_FORMAT`].
    pub format: String,
    /// Whose venue it is.
    pub institution: Named<InstitutionId>,
    /// Where.
    pub venue: Named<VenueId>,
    /// By which camera.
    pub camera: Named<CameraId>,
    /// What was asked for.
    pub wanted: Span,
    /// What is shown: from the first picture, a key frame, to the end of the last.
    pub span: Span,
    /// Holes inside that span, each with no picture: the film stands still there.
    pub gaps: Vec<Span>,
    /// What of the wanted time was not recorded, and why.
    pub missing: Vec<MissingTime>,
    /// The file's size.
    pub bytes: u64,
    /// The whole file's SHA-256.
    pub sha256: Hash,
    /// The size of a piece; the last one is shorter.
    pub piece_bytes: u64,
    /// Each piece's SHA-256, in order.
    pub pieces: Vec<Hash>,
    /// The recorded files it was cut from, in order.
    pub sources: Vec<Source>,
    /// The end of the audit log before it was taken out.
    pub audit: AuditAnchor,
    /// Who took it.
    pub taken_by: Named<UserId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// By what: program and version.
    pub made_by: String,
}

/// Time without footage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingTime {
    /// From when to when.
    pub span: Span,
    /// Why.
    pub cause: OutageCause,
}

impl ExportManifest {
    /// Takes over what pins down the file.
    pub fn pin(&mut self, digests: Digests) {
        let Digests { bytes, sha256, pieces } = digests;
        (self.bytes, self.sha256, self.piece_bytes, self.pieces) = (bytes, sha256, PIECE_BYTES, pieces);
    }
}
