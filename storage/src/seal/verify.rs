//! Checks a file against its seal, offline, in one pass and little memory.

use tokio::io::{AsyncRead, AsyncReadExt};

use super::{
    digest::Digester,
    envelope::{Envelope, NotOpened},
    sealed::Sealed,
};
use crate::signing::PublicKey;

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every byte is as it was sealed; what the seal says.
    Good(Sealed),
    /// Something differs.
    Tampered {
        /// Where the first piece begins that is not as sealed: the first difference lies in the `piece_bytes` of the
        /// manifest from here on.
        offset: u64,
    },
    /// The file ends too early; what is there is as sealed, as far as whole pieces go.
    Truncated {
        /// Its size.
        have: u64,
        /// The sealed size.
        want: u64,
    },
    /// The file is as sealed, but goes on.
    Longer {
        /// The sealed size.
        want: u64,
    },
    /// The seal was not made with the key of this public key, or was changed.
    BadSignature,
    /// The seal cannot be read.
    Malformed {
        /// Why.
        problem: String,
    },
}

impl Verdict {
    /// Whether all is well.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good(_))
    }
}

/// The check itself, fed with the file's bytes in order.
#[derive(Clone, Debug)]
pub struct Verifier {
    sealed: Sealed,
    digester: Digester,
    checked: usize,
    longer: bool,
    tampered_at: Option<u64>,
}

impl Verifier {
    /// Opens the seal.
    ///
    /// # Errors
    ///
    /// The verdict, when the seal alone decides it.
    pub fn new(envelope: &[u8], key: &PublicKey) -> Result<Self, Verdict> {
        let sealed = Envelope::open(envelope, key).map_err(|error| match error {
            NotOpened::BadSignature => Verdict::BadSignature,
            NotOpened::Malformed(problem) => Verdict::Malformed { problem },
        })?;
        let digester = Digester::with_pieces_of(sealed.pins().piece_bytes);
        Ok(Self { sealed, digester, checked: 0, longer: false, tampered_at: None })
    }

    /// What the seal says.
    pub fn sealed(&self) -> &Sealed {
        &self.sealed
    }

    /// The file's next bytes; `false` once more of them cannot change the verdict.
    pub fn update(&mut self, data: &[u8]) -> bool {
        let room = self.sealed.pins().bytes - self.digester.bytes();
        let within = usize::try_from(room).unwrap_or(usize::MAX).min(data.len());
        self.digester.update(&data[..within]);
        self.longer |= within < data.len();
        self.compare();
        self.tampered_at.is_none() && !self.longer
    }

    /// The file has ended.
    pub fn finish(mut self) -> Verdict {
        self.compare();
        let (have, want) = (self.digester.bytes(), self.sealed.pins().bytes);
        if let Some(offset) = self.tampered_at {
            return Verdict::Tampered { offset };
        }
        if have < want {
            return Verdict::Truncated { have, want };
        }
        let complete = self.digester.clone().finish();
        let pins = self.sealed.pins();
        if complete.pieces != pins.pieces {
            // The last piece, which is only complete now.
            let pieces = complete.pieces.iter().zip(pins.pieces);
            let same = pieces.take_while(|(is, should)| is == should).count() as u64;
            return Verdict::Tampered { offset: same * pins.piece_bytes };
        }
        if complete.sha256 != pins.sha256 {
            return Verdict::Tampered { offset: 0 };
        }
        if self.longer { Verdict::Longer { want } } else { Verdict::Good(self.sealed) }
    }

    fn compare(&mut self) {
        let is = &self.digester.pieces()[self.checked..];
        let pins = self.sealed.pins();
        let should = &pins.pieces[self.checked..];
        let same = is.iter().zip(should).take_while(|(is, should)| is == should).count();
        if self.tampered_at.is_none() && same < is.len() {
            self.tampered_at = Some((self.checked + same) as u64 * pins.piece_bytes);
        }
        self.checked += same;
    }
}

/// Reads `file` to its end, or to where the verdict is plain, and tells how it stands.
///
/// # Errors
///
/// Only those of reading: what is wrong with file or seal is a [`Verdict`].
pub async fn verify<R: AsyncRead + Unpin>(mut file: R, envelope: &[u8], key: &PublicKey) -> std::io::Result<Verdict> {
    let mut verifier = match Verifier::new(envelope, key) {
        Ok(verifier) => verifier,
        Err(verdict) => return Ok(verdict),
    };
    let mut buffer = vec![0; 256 << 10];
    loop {
        let read = file.read(&mut buffer).await?;
        if read == 0 || !verifier.update(&buffer[..read]) {
            return Ok(verifier.finish());
        }
    }
}
