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
const VERSION: u32 = 1;

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

    /// What lies there, if it is whole: `frames` access units, of which the first is a key frame.
    pub(crate) fn load(&self, frames: usize) -> Option<Footage> {
        let stream = fs::read(&self.path).ok()?;
        let units = annexb::access_units(self.codec, &stream);
        if units.len() != frames {
            return None;
        }
        Footage::steady(self.codec, units)
    }

    /// Puts a stream there; another process that does the same at the same time does no harm.
    pub(crate) fn store(&self, stream: &[u8]) -> io::Result<()> {
        if let Some(dir) = self.path.parent() {
            fs::create_dir_all(dir)?;
        }
        let part = self.path.with_extension(format!("{}.part", std::process::id()));
        fs::write(&part, stream)?;
        fs::rename(&part, &self.path)
    }
}
