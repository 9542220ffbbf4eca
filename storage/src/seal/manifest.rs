//! What a seal says about a clip.

use duxue_rules::{
    ids::{CameraId, ClassId, ClipId, InstitutionId, SegmentId, SessionId, VenueId},
    span::Span,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::{Digests, Hash, PIECE_BYTES};
use crate::Named;

/// The form of the manifest, named in it.
pub const FORMAT: &str = "duxue clip 1";

/// Everything that is signed. JSON with these keys; what is added later comes with a default or a new [`FORMAT`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// The clip.
    pub clip: ClipId,
    /// Whose class.
    pub institution: Named<InstitutionId>,
    /// The class that is seen.
    pub class: Named<ClassId>,
    /// In which lesson.
    pub session: SessionFacts,
    /// Where.
    pub venue: Named<VenueId>,
    /// By which camera.
    pub camera: Named<CameraId>,
    /// What was to be shown.
    pub wanted: Span,
    /// What is shown: from the first picture to the end of the last.
    pub span: Span,
    /// Holes inside that span, each with no picture.
    pub gaps: Vec<Span>,
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
    /// The numbers that it was cut by.
    pub policy: PolicyFacts,
    /// The end of the audit log when it was sealed.
    pub audit: AuditAnchor,
    /// When it was sealed.
    pub made_at: Timestamp,
    /// By what: program and version.
    pub made_by: String,
}

/// The lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Which.
    pub id: SessionId,
    /// When it was held.
    pub span: Span,
}

/// A recorded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Which.
    pub segment: SegmentId,
    /// Its SHA-256 when it was recorded.
    pub sha256: Hash,
}

/// The policy, as far as clips go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFacts {
    /// Its version.
    pub version: i64,
    /// Its label; empty for the notice's own.
    pub label: String,
    /// R9.1: the least length.
    pub clip_min_seconds: u32,
    /// R9.1: a longer hole breaks continuity.
    pub clip_max_gap_ms: u32,
}

/// An entry of the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAnchor {
    /// Its place; 0: there was none yet.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
}

impl Manifest {
    /// Takes over what pins down the file.
    pub fn pin(&mut self, digests: Digests) {
        let Digests { bytes, sha256, pieces } = digests;
        (self.bytes, self.sha256, self.piece_bytes, self.pieces) = (bytes, sha256, PIECE_BYTES, pieces);
    }
}
