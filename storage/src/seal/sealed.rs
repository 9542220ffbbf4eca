//! What can be sealed, and what every seal has alike: the sums that pin down each byte of the file.

use super::{
    digest::Hash,
    envelope::{EXPORT_PAYLOAD_TYPE, NotOpened, PAYLOAD_TYPE, UPLOAD_PAYLOAD_TYPE},
    export::{EXPORT_FORMAT, ExportManifest},
    manifest::{FORMAT, Manifest},
    upload::{UPLOAD_FORMAT, UploadManifest},
};

/// What a good seal says.
#[derive(Clone, Debug, PartialEq)]
pub enum Sealed {
    /// A clip out of our own recordings.
    Clip(Box<Manifest>),
    /// A video that an institution handed in.
    Upload(Box<UploadManifest>),
    /// A part of our own recordings that somebody took out.
    Export(Box<ExportManifest>),
}

/// The sums of a file, as a seal has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pins<'a> {
    pub(super) bytes: u64,
    pub(super) sha256: Hash,
    pub(super) piece_bytes: u64,
    pub(super) pieces: &'a [Hash],
}

impl Sealed {
    /// Reads what a payload of that type says.
    pub(super) fn read(payload_type: &str, payload: &[u8]) -> Result<Self, NotOpened> {
        let malformed = |error: serde_json::Error| NotOpened::Malformed(error.to_string());
        let (sealed, known) = match payload_type {
            PAYLOAD_TYPE => {
                let manifest: Manifest = serde_json::from_slice(payload).map_err(malformed)?;
                let known = manifest.format == FORMAT;
                (Self::Clip(Box::new(manifest)), known)
            }
            UPLOAD_PAYLOAD_TYPE => {
                let manifest: UploadManifest = serde_json::from_slice(payload).map_err(malformed)?;
                let known = manifest.format == UPLOAD_FORMAT;
                (Self::Upload(Box::new(manifest)), known)
            }
            EXPORT_PAYLOAD_TYPE => {
                let manifest: ExportManifest = serde_json::from_slice(payload).map_err(malformed)?;
                let known = manifest.format == EXPORT_FORMAT;
                (Self::Export(Box::new(manifest)), known)
            }
            _ => return Err(NotOpened::Malformed("its payload is of another type".to_owned())),
        };
        // As many pieces as the size needs; without that nothing can be checked.
        let Pins { bytes, piece_bytes, pieces, .. } = sealed.pins();
        if known && piece_bytes > 0 && bytes.div_ceil(piece_bytes) == pieces.len() as u64 {
            return Ok(sealed);
        }
        Err(NotOpened::Malformed("it is of a form that is not known here".to_owned()))
    }

    pub(super) fn pins(&self) -> Pins<'_> {
        match self {
            Self::Clip(it) => {
                Pins { bytes: it.bytes, sha256: it.sha256, piece_bytes: it.piece_bytes, pieces: &it.pieces }
            }
            Self::Upload(it) => {
                Pins { bytes: it.bytes, sha256: it.sha256, piece_bytes: it.piece_bytes, pieces: &it.pieces }
            }
            Self::Export(it) => {
                Pins { bytes: it.bytes, sha256: it.sha256, piece_bytes: it.piece_bytes, pieces: &it.pieces }
            }
        }
    }
}
