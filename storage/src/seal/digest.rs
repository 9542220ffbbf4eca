//! Hashing a file as it goes by: the whole, and each piece of it, so that an alteration is found and also placed.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// Every piece but the last has so many bytes: 4 MiB.
pub const PIECE_BYTES: u64 = 4 << 20;

/// A SHA-256; hexadecimal in text and JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut hash = [0; 32];
        hex::decode_to_slice(String::deserialize(deserializer)?, &mut hash).map_err(D::Error::custom)?;
        Ok(Self(hash))
    }
}

/// What pins down a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// Its size.
    pub bytes: u64,
    /// Of the whole.
    pub sha256: Hash,
    /// Of each piece of [`PIECE_BYTES`], the last one shorter; none of an empty file.
    pub pieces: Vec<Hash>,
}

/// Takes the hashes of bytes that come in order, in portions of any size.
#[derive(Clone, Debug)]
pub struct Digester {
    whole: Sha256,
    piece: Sha256,
    piece_bytes: u64,
    in_piece: u64,
    bytes: u64,
    pieces: Vec<Hash>,
}

impl Default for Digester {
    fn default() -> Self {
        Self::with_pieces_of(PIECE_BYTES)
    }
}

impl Digester {
    /// With pieces of another size than ours; at least 1.
    pub(crate) fn with_pieces_of(piece_bytes: u64) -> Self {
        Self {
            whole: Sha256::new(),
            piece: Sha256::new(),
            piece_bytes: piece_bytes.max(1),
            in_piece: 0,
            bytes: 0,
            pieces: Vec::new(),
        }
    }

    /// The next bytes.
    pub fn update(&mut self, mut data: &[u8]) {
        self.whole.update(data);
        self.bytes += data.len() as u64;
        while !data.is_empty() {
            let room = usize::try_from(self.piece_bytes - self.in_piece).unwrap_or(usize::MAX);
            let (now, rest) = data.split_at(room.min(data.len()));
            self.piece.update(now);
            self.in_piece += now.len() as u64;
            if self.in_piece == self.piece_bytes {
                self.end_piece();
            }
            data = rest;
        }
    }

    /// The hashes of the pieces that are complete so far.
    pub(crate) fn pieces(&self) -> &[Hash] {
        &self.pieces
    }

    /// How many bytes there were so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The end of the file.
    pub fn finish(mut self) -> Digests {
        if self.in_piece > 0 {
            self.end_piece();
        }
        Digests { bytes: self.bytes, sha256: Hash(self.whole.finalize().into()), pieces: self.pieces }
    }

    fn end_piece(&mut self) {
        self.pieces.push(Hash(self.piece.finalize_reset().into()));
        self.in_piece = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digests(portions: &[&[u8]]) -> Digests {
        let mut digester = Digester::with_pieces_of(4);
        portions.iter().for_each(|portion| digester.update(portion));
        digester.finish()
    }

    #[test]
    fn portions_do_not_matter() {
        let whole = digests(&[b"abcdefghij"]);
        assert_eq!(whole, digests(&[b"a", b"bcd", b"", b"efghi", b"j"]));
        assert_eq!(whole.bytes, 10);
        assert_eq!(whole.pieces, [b"abcd".as_slice(), b"efgh", b"ij"].map(|piece| Hash(Sha256::digest(piece).into())));
        assert_eq!(whole.sha256, Hash(Sha256::digest(b"abcdefghij").into()));
    }

    #[test]
    fn an_end_on_a_border_makes_no_empty_piece() {
        assert_eq!(digests(&[b"abcdefgh"]).pieces.len(), 2);
        assert_eq!(digests(&[]).pieces.len(), 0);
    }
}
