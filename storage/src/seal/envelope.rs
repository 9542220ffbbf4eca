//! The signed envelope: DSSE v1 (github.com/secure-systems-lab/dsse), JSON that other tools read as well.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};

use super::{export::ExportManifest, manifest::Manifest, sealed::Sealed, upload::UploadManifest};
use crate::{
    json,
    signing::{PublicKey, SigningKey},
};

/// What the payload of a clip's seal is.
pub const PAYLOAD_TYPE: &str = "application/vnd.duxue.clip+json";

/// What the payload of an upload's seal is.
pub const UPLOAD_PAYLOAD_TYPE: &str = "application/vnd.duxue.upload+json";

/// What the payload of the seal of a part of a recording is.
pub const EXPORT_PAYLOAD_TYPE: &str = "application/vnd.duxue.export+json";

/// The envelope, as it is stored and downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    #[serde(rename = "payloadType")]
    payload_type: String,
    payload: String,
    signatures: Vec<OneSignature>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OneSignature {
    keyid: String,
    sig: String,
}

/// What signing gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Exactly the bytes that were signed.
    pub manifest: String,
    /// The envelope around them, JSON.
    pub envelope: String,
}

/// Why an envelope gives no manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// None of its signatures is one of the given key over its payload.
    #[error("the seal is not signed with this key, or was changed after signing")]
    BadSignature,
    /// It is no envelope, or what is in it is no manifest.
    #[error("not a seal of duxue: {0}")]
    Malformed(String),
}

/// DSSE's pre-authentication encoding: what is signed, so that no payload passes for one of another type.
fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

impl Envelope {
    /// Signs a manifest.
    pub fn sign(manifest: &Manifest, key: &SigningKey) -> Signed {
        let text = json::text(manifest);
        let envelope = Self::sign_text(PAYLOAD_TYPE, &text, key);
        Signed { manifest: text, envelope }
    }

    /// Signs the manifest of an upload.
    pub fn sign_upload(manifest: &UploadManifest, key: &SigningKey) -> Signed {
        let text = json::text(manifest);
        let envelope = Self::sign_text(UPLOAD_PAYLOAD_TYPE, &text, key);
        Signed { manifest: text, envelope }
    }

    /// Signs the manifest of a part of a recording.
    pub fn sign_export(manifest: &ExportManifest, key: &SigningKey) -> Signed {
        let text = json::text(manifest);
        let envelope = Self::sign_text(EXPORT_PAYLOAD_TYPE, &text, key);
        Signed { manifest: text, envelope }
    }

    /// Signs a text of that type; the envelope, JSON.
    pub fn sign_text(payload_type: &str, text: &str, key: &SigningKey) -> String {
        let signature = key.sign(&pre_authentication(payload_type, text.as_bytes()));
        json::text(&Self {
            payload_type: payload_type.to_owned(),
            payload: BASE64_STANDARD.encode(text),
            signatures: vec![OneSignature { keyid: key.public().id(), sig: BASE64_STANDARD.encode(signature) }],
        })
    }

    /// Reads the envelope of a video and what it says, if `key` signed it.
    ///
    /// # Errors
    ///
    /// [`NotOpened`].
    pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Sealed, NotOpened> {
        let envelope = Self::read(bytes)?;
        let payload = envelope.verified(key)?;
        Sealed::read(&envelope.payload_type, &payload)
    }

    /// Reads an envelope and what is in it, if that is of this type and `key` signed it.
    ///
    /// # Errors
    ///
    /// [`NotOpened`].
    pub fn open_text(payload_type: &str, bytes: &[u8], key: &PublicKey) -> Result<Vec<u8>, NotOpened> {
        let envelope = Self::read(bytes)?;
        if envelope.payload_type != payload_type {
            return Err(NotOpened::Malformed("its payload is of another type".to_owned()));
        }
        envelope.verified(key)
    }

    fn read(bytes: &[u8]) -> Result<Self, NotOpened> {
        serde_json::from_slice(bytes).map_err(|error| NotOpened::Malformed(error.to_string()))
    }

    /// The payload, if `key` signed it.
    fn verified(&self, key: &PublicKey) -> Result<Vec<u8>, NotOpened> {
        let payload = BASE64_STANDARD.decode(&self.payload);
        let payload = payload.map_err(|_| NotOpened::Malformed("its payload is not base64".to_owned()))?;
        let signed = pre_authentication(&self.payload_type, &payload);
        let fits = |signature: &OneSignature| {
            let bytes = BASE64_STANDARD.decode(&signature.sig).ok();
            bytes.and_then(|bytes| <[u8; 64]>::try_from(bytes).ok()).is_some_and(|bytes| key.verify(&signed, &bytes))
        };
        if self.signatures.iter().any(fits) { Ok(payload) } else { Err(NotOpened::BadSignature) }
    }
}
