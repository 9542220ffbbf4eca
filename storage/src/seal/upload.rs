//! What a seal says about a video that an institution handed in.
//!
//! It vouches for what came and when, never for what the video shows: class, lesson and start are the sender's word.

use duxue_rules::{
    ids::{ClassId, InstitutionId, UploadId, UserId},
    upload::VideoFacts,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    digest::{Digests, Hash, PIECE_BYTES},
    manifest::{AuditAnchor, PolicyFacts, SessionFacts},
};
use crate::Named;

/// The form of the manifest, named in it.
pub const UPLOAD_FORMAT: &str = "duxue upload 1";

/// Everything that is signed. JSON with these keys; what is added later comes with a default or a new [`UPLOAD_FORMAT`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UploadManifest {
    /// [`UPLOAD_FORMAT`].
    pub format: String,
    /// The upload.
    pub upload: UploadId,
    /// Who handed it in: the institution.
    pub institution: Named<InstitutionId>,
    /// Who handed it in: the person.
    pub handed_in_by: Named<UserId>,
    /// When the last byte of it had come.
    pub received_at: Timestamp,
    /// As the sender called it.
    pub name: String,
    /// Whose lesson it shows, as the sender says.
    pub class: Named<ClassId>,
    /// Which lesson, if the sender says.
    pub session: Option<SessionFacts>,
    /// When its first picture was taken, as the sender says.
    pub claimed_start: Timestamp,
    /// What was measured.
    pub video: VideoFacts,
    /// The file's size.
    pub bytes: u64,
    /// The whole file's SHA-256.
    pub sha256: Hash,
    /// The size of a piece; the last one is shorter.
    pub piece_bytes: u64,
    /// Each piece's SHA-256, in order.
    pub pieces: Vec<Hash>,
    /// The numbers that it was accepted by.
    pub policy: PolicyFacts,
    /// The end of the audit log when it was sealed.
    pub audit: AuditAnchor,
    /// When it was sealed.
    pub made_at: Timestamp,
    /// By what: program and version.
    pub made_by: String,
}

impl UploadManifest {
    /// Takes over what pins down the file.
    pub fn pin(&mut self, digests: Digests) {
        let Digests { bytes, sha256, pieces } = digests;
        (self.bytes, self.sha256, self.piece_bytes, self.pieces) = (bytes, sha256, PIECE_BYTES, pieces);
    }
}
