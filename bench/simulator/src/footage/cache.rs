//! Encoded footage on disk, under the hash of everything that decides it: a second start encodes nothing.
//!
//! The files are ordinary `.h264` and `.h265` elementary streams that any player opens.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{Codec, Footage, annexb};

/// Counts up whenever drawing or encoding changes what comes out, so that old files are not taken for new ones.
const VERSION: u32 = 2;

/// One footage's place.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    path: PathBuf,
    codec: Codec,
}

impl Entry {
    /// The place for what `recipe` describes, which must name everything that decides the bytes.
    pub(crate) fn new(dir: &Path, codec: Codec, recipe: &str) -> Self {
        let hash = Sha256::digest(format!("{VERSION}\n{}\n{recipe}", env!("CARGO_PKG_VERSION")));
        let extension = match codec {
            Codec::H264 => "h264",
            Codec::H265 => "h265",
        };
        Self { path: dir.join(format!("{}.{extension}", hex::encode(&hash[..16]))), codec }
    }

    /// What lies there, if it is whole: as many access units as should be, if that is known, and a key frame first.
    pub(crate) fn load(&self, frames: Option<usize>) -> Option<Footage> {
        let stream = fs::read(&self.path).ok()?;
        let units = annexb::access_units(self.codec, &stream);
        if frames.is_some_and(|frames| units.len() != frames) {
            return None;
        }
        Footage::steady(self.codec, units)
    }

    /// Puts a stream there, or says in the log that the next start will have to encode again.
    pub(crate) fn keep(&self, stream: &[u8]) {
        if let Err(error) = self.store(stream) {
            tracing::warn!(path = %self.path.display(), %error, "encoded footage could not be kept");
        }
    }

    /// Another process that does the same at the same time does no harm.
    fn store(&self, stream: &[u8]) -> io::Result<()> {
        if let Some(dir) = self.path.parent() {
            fs::create_dir_all(dir)?;
        }
        let part = self.path.with_extension(format!("{}.part", std::process::id()));
        fs::write(&part, stream)?;
        fs::rename(&part, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: [u8; 11] = [0, 0, 0, 1, 9, 0x10, 0, 0, 1, 0x65, 7];

    #[test]
    fn what_is_kept_is_found_and_what_is_torn_is_not() {
        gstreamer::init().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let entry = Entry::new(&dir.path().join("new"), Codec::H264, "a recipe");
        assert!(entry.load(Some(2)).is_none());
        entry.keep(&[UNIT, UNIT].concat());
        assert_eq!(entry.load(Some(2)).unwrap().units.len(), 2);
        assert!(entry.load(Some(3)).is_none(), "a file that lacks a picture is not used");
        assert!(Entry::new(&dir.path().join("new"), Codec::H264, "another").load(None).is_none());
        assert!(Entry::new(&dir.path().join("new"), Codec::H265, "a recipe").load(None).is_none());
        assert_eq!(fs::read_dir(dir.path().join("new")).unwrap().count(), 1, "no part file is left");
    }
}
