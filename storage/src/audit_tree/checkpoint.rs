//! A signed statement of how long the audit log is and what its tree hashes to: C2SP tlog-checkpoint in a C2SP
//! signed-note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note), so that a witness outside this house can co-sign it.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::merkle::Digest32;
use crate::signing::{PublicKey, SigningKey};

/// Ed25519 in a signed note.
const ED25519: u8 = 0x01;

/// How long the log is, and the hash of its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root of their tree.
    pub root: Digest32,
}

/// Why a note is no checkpoint of this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACheckpoint {
    /// It is not in the form.
    #[error("not a checkpoint (c2sp.org/tlog-checkpoint)")]
    Malformed,
    /// No signature of it is this key's.
    #[error("the checkpoint is not signed with this key, or was changed after signing")]
    BadSignature,
}

/// The name of the log that a key signs.
pub fn origin(key: &PublicKey) -> String {
    format!("duxue.audit/{}", key.id())
}

/// The first four bytes of SHA-256 over name, newline, algorithm and key.
fn key_hash(name: &str, key: &PublicKey) -> [u8; 4] {
    let digest: Digest32 =
        Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.bytes()).finalize().into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

impl Checkpoint {
    /// The lines that are signed.
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64_STANDARD.encode(self.root))
    }

    /// The checkpoint with its signature, a signed note.
    pub fn sign(&self, key: &SigningKey) -> String {
        let text = self.text();
        let mut blob = key_hash(&self.origin, &key.public()).to_vec();
        blob.extend_from_slice(&key.sign(text.as_bytes()));
        format!("{text}\n\u{2014} {} {}\n", self.origin, BASE64_STANDARD.encode(blob))
    }

    /// Reads a note, if `key` signed it; others may have co-signed.
    ///
    /// # Errors
    ///
    /// [`NotACheckpoint`].
    pub fn open(note: &str, key: &PublicKey) -> Result<Self, NotACheckpoint> {
        let (body, signatures) = note.split_once("\n\n").ok_or(NotACheckpoint::Malformed)?;
        let text = format!("{body}\n");
        let name = origin(key);
        let signed = signatures.lines().filter_map(|line| line.strip_prefix("\u{2014} ")?.split_once(' ')).any(
            |(signer, blob)| {
                let blob = BASE64_STANDARD.decode(blob).unwrap_or_default();
                let Some((hash, signature)) = blob.split_at_checked(4) else { return false };
                let Ok(signature) = <&[u8; 64]>::try_from(signature) else { return false };
                signer == name && hash == key_hash(&name, key) && key.verify(text.as_bytes(), signature)
            },
        );
        if !signed {
            return Err(NotACheckpoint::BadSignature);
        }
        let mut lines = body.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotACheckpoint::Malformed);
        };
        let root = BASE64_STANDARD.decode(root).ok().and_then(|root| Digest32::try_from(root).ok());
        match (size.parse(), root) {
            (Ok(size), Some(root)) if origin == name => Ok(Self { origin: origin.to_owned(), size, root }),
            _ => Err(NotACheckpoint::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (SigningKey, Checkpoint, String) {
        let key = SigningKey::from_bytes(&[3; 32]);
        let checkpoint = Checkpoint { origin: origin(&key.public()), size: 7, root: [9; 32] };
        let note = checkpoint.sign(&key);
        (key, checkpoint, note)
    }

    #[test]
    fn a_checkpoint_is_read_with_the_key_that_signed_it_and_no_other() {
        let (key, checkpoint, note) = signed();
        assert_eq!(Checkpoint::open(&note, &key.public()), Ok(checkpoint));
        let other = SigningKey::from_bytes(&[4; 32]).public();
        assert_eq!(Checkpoint::open(&note, &other), Err(NotACheckpoint::BadSignature));
    }

    #[test]
    fn a_witness_may_add_a_line_and_nobody_may_change_one() {
        let (key, checkpoint, note) = signed();
        let witnessed = format!("{note}\u{2014} witness.example 5Z1tXw==\n");
        assert_eq!(Checkpoint::open(&witnessed, &key.public()), Ok(checkpoint));
        let longer = note.replacen("\n7\n", "\n8\n", 1);
        assert_eq!(Checkpoint::open(&longer, &key.public()), Err(NotACheckpoint::BadSignature));
        for wrong in ["", "a\n7\n", "a\n7\nxx\n\n", &note[..note.len() - 20]] {
            assert!(Checkpoint::open(wrong, &key.public()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_form_is_that_of_signed_notes() {
        let (_, _, note) = signed();
        let lines: Vec<&str> = note.lines().collect();
        assert_eq!((lines.len(), lines[1], lines[3]), (5, "7", ""));
        assert!(lines[0].starts_with("duxue.audit/") && lines[4].starts_with(&format!("\u{2014} {} ", lines[0])));
    }
}
