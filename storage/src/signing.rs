//! The key that signs seals: ed25519 (RFC 8032), as PKCS#8 PEM (RFC 8410), so that `openssl` reads it too.

use std::{fmt, io, path::Path};

use ed25519_dalek::{
    Signature, Signer,
    pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, spki::der::pem::LineEnding},
};
use sha2::{Digest, Sha256};

use crate::key_file::{KeyFileError, read_or_create};

/// The private key. It never shows.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The public key that anyone checks seals with.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

/// What was given is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ed25519 public key in PEM (-----BEGIN PUBLIC KEY-----)")]
pub struct BadPublicKey;

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id())
    }
}

impl SigningKey {
    /// The key of these 32 secret bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(bytes))
    }

    /// Reads the key file; makes one, for its owner only, where there is none.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`].
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        let text = read_or_create(path, || {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(io::Error::other)?;
            let pem = ed25519_dalek::SigningKey::from_bytes(&bytes).to_pkcs8_pem(LineEnding::LF);
            Ok(pem.map_err(io::Error::other)?.to_string())
        })?;
        let lost = "new clips cannot be sealed; those that are sealed still verify with the public key";
        ed25519_dalek::SigningKey::from_pkcs8_pem(&text)
            .map(Self)
            .map_err(|_| KeyFileError::Malformed { path: path.to_owned(), lost })
    }

    /// The key to check with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl PublicKey {
    /// Out of a PEM text.
    ///
    /// # Errors
    ///
    /// [`BadPublicKey`].
    pub fn from_pem(text: &str) -> Result<Self, BadPublicKey> {
        ed25519_dalek::VerifyingKey::from_public_key_pem(text.trim()).map(Self).map_err(|_| BadPublicKey)
    }

    /// As a PEM text.
    pub fn to_pem(&self) -> String {
        // Encoding 32 bytes cannot fail; should it ever, an empty text is no key to anyone.
        self.0.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// A short name: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes.
    pub fn id(&self) -> String {
        hex::encode(&Sha256::digest(self.0.as_bytes())[..8])
    }

    /// Its 32 bytes (RFC 8032).
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_gives_the_same_key_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("signing.pem");
        let made = SigningKey::load_or_create(&path).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert_eq!(SigningKey::load_or_create(&path).unwrap().public(), made.public());
    }

    #[test]
    fn a_public_key_travels_as_pem() {
        let key = SigningKey::from_bytes(&[3; 32]).public();
        assert_eq!(PublicKey::from_pem(&key.to_pem()).unwrap(), key);
        assert_eq!(PublicKey::from_pem("-----BEGIN PUBLIC KEY-----"), Err(BadPublicKey));
    }

    #[test]
    fn a_cut_key_file_is_refused_with_what_it_costs() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("signing.pem");
        SigningKey::load_or_create(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() / 2]).unwrap();
        let error = SigningKey::load_or_create(&path).unwrap_err();
        assert!(error.to_string().contains("still verify"), "{error}");
    }
}
