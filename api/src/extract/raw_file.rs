//! A file as the body of a request, known by its content.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};

use super::body::all;
use crate::problem::Failure;

/// The most a file may have: a scanned approval of many pages.
pub(crate) const FILE_LIMIT: usize = 20 * 1024 * 1024;

/// A kind of file that may be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileKind {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What its name ends with.
    pub(crate) extension: &'static str,
}

const KINDS: [FileKind; 5] = [
    FileKind { media_type: "application/pdf", extension: "pdf" },
    FileKind { media_type: "image/jpeg", extension: "jpg" },
    FileKind { media_type: "image/png", extension: "png" },
    FileKind { media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", extension: "xlsx" },
    FileKind {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extension: "docx",
    },
];

impl FileKind {
    /// The kind of that media type.
    pub(crate) fn named(media_type: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.media_type == media_type)
    }

    /// The kind that the content shows; `None` for all that may not be handed in.
    pub(crate) fn of(content: &[u8]) -> Option<Self> {
        Self::named(infer::get(content)?.mime_type())
    }
}

/// A whole file of a kind that may be handed in, at most [`FILE_LIMIT`] bytes.
pub(crate) struct RawFile {
    pub(crate) bytes: Bytes,
    pub(crate) kind: FileKind,
}

impl<S: Send + Sync> FromRequest<S> for RawFile {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = all(request, state, FILE_LIMIT).await?;
        let kind = FileKind::of(&bytes).ok_or_else(|| {
            Failure::field(
                "file",
                "只能上传 PDF、JPEG、PNG、XLSX 或 DOCX 文件（按内容识别）。",
                "only PDF, JPEG, PNG, XLSX and DOCX are taken, told by the content",
            )
        })?;
        Ok(Self { bytes, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_and_not_the_name() {
        let kind = |content: &[u8]| FileKind::of(content).map(|kind| kind.extension);
        assert_eq!(kind(b"%PDF-1.7 ..."), Some("pdf"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0 ..."), Some("jpg"));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), Some("png"));
        assert_eq!(kind(b"MZ a program"), None);
        assert_eq!(kind(b"<html><script>"), None);
        assert_eq!(kind(b"PK\x03\x04 some zip"), None);
        assert_eq!(kind(b""), None);
    }
}
