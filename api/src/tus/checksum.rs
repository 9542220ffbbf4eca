//! The extension checksum: `Upload-Checksum: sha256 BASE64`, over the bytes of one request.

use axum::http::HeaderMap;
use base64::{Engine, prelude::BASE64_STANDARD};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{UPLOAD_CHECKSUM, required};
use crate::problem::Failure;

/// What the sender says the bytes add up to.
#[derive(Clone, Debug)]
pub(crate) struct Checksum {
    algorithm: Algorithm,
    wanted: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Algorithm {
    /// The one that every server must know; good against accidents only.
    Sha1,
    Sha256,
}

/// The sum of the bytes so far.
pub(crate) enum Sum {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// As `Tus-Checksum-Algorithm` lists them.
    pub(crate) const ALGORITHMS: &str = "sha1,sha256";

    /// What the request says; `None` when it says nothing.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Option<Self>, Failure> {
        if !headers.contains_key(UPLOAD_CHECKSUM) {
            return Ok(None);
        }
        let wrong = || {
            Failure::parameter(
                UPLOAD_CHECKSUM.as_str(),
                "校验值应为“sha256 或 sha1、空格、Base64”。",
                "a checksum is `sha256` or `sha1`, a space, and the sum in Base64",
            )
        };
        let (algorithm, sum) = required(headers, &UPLOAD_CHECKSUM)?.split_once(' ').ok_or_else(wrong)?;
        let (algorithm, length) = match algorithm {
            "sha1" => (Algorithm::Sha1, 20),
            "sha256" => (Algorithm::Sha256, 32),
            _ => return Err(wrong()),
        };
        let wanted = BASE64_STANDARD.decode(sum.trim()).map_err(|_| wrong())?;
        if wanted.len() == length { Ok(Some(Self { algorithm, wanted })) } else { Err(wrong()) }
    }

    /// A sum of nothing.
    pub(crate) fn begin(&self) -> Sum {
        match self.algorithm {
            Algorithm::Sha1 => Sum::Sha1(Sha1::new()),
            Algorithm::Sha256 => Sum::Sha256(Sha256::new()),
        }
    }

    /// Whether the bytes are the right ones.
    pub(crate) fn fits(&self, sum: Sum) -> bool {
        match sum {
            Sum::Sha1(sum) => sum.finalize().as_slice() == self.wanted,
            Sum::Sha256(sum) => sum.finalize().as_slice() == self.wanted,
        }
    }
}

impl Sum {
    /// The next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(sum) => sum.update(bytes),
            Self::Sha256(sum) => sum.update(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Checksum>, Failure> {
        Checksum::of(&HeaderMap::from_iter([(UPLOAD_CHECKSUM, text.parse().unwrap())]))
    }

    /// SHA-1 and SHA-256 of "hello world"; the first is the example of tus 1.0.0.
    #[test]
    fn the_right_bytes_fit_and_others_do_not() {
        for text in ["sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="] {
            let checksum = read(text).unwrap().unwrap();
            let mut sum = checksum.begin();
            sum.update(b"hello ");
            sum.update(b"world");
            assert!(checksum.fits(sum), "{text}");
            let mut other = checksum.begin();
            other.update(b"hello World");
            assert!(!checksum.fits(other), "{text}");
        }
    }

    #[test]
    fn what_is_no_checksum_is_refused() {
        assert!(Checksum::of(&HeaderMap::new()).unwrap().is_none());
        for bad in ["", "sha1", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1 ~~~"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
