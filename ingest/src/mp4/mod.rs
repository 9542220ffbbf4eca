//! Footage as fragmented MP4 (ISO/IEC 14496-12): what the recorder writes and the live view sends.
//!
//! A file is `ftyp moov (prft moof mdat)+`, one video track, times in 90 kHz. Each `prft` ties media time to UTC, so a file
//! tells by itself when each picture was taken. A file cut off anywhere is good up to its last whole fragment.

pub(crate) mod anchor;
pub(crate) mod fragment;
pub(crate) mod init;
pub(crate) mod read;
#[cfg(test)]
mod tests;

use std::{io, path::PathBuf};

/// Why a file of footage could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file system said no.
    #[error("cannot {doing} {path}")]
    Io {
        /// What was tried, as a verb: "read", "create".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// It is not a segment written by us, or it is damaged.
    #[error("{path} is no readable segment: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl FileError {
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }

    pub(crate) fn malformed(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Malformed { path: path.into(), reason: reason.into() }
    }
}
