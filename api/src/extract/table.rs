//! A table as the body of a request: CSV (RFC 4180), as spreadsheet programs of the office write it.

use axum::extract::{FromRequest, Request};
use encoding_rs::GB18030;
use sha2::{Digest, Sha256};

use super::body::{all, essence};
use crate::problem::Failure;

/// The most a table may have: a month of punches of a large class is 100 KB.
pub(crate) const TABLE_LIMIT: usize = 1024 * 1024;

/// A CSV file's text, and the hash of the file as it came.
pub(crate) struct Table {
    pub(crate) text: String,
    pub(crate) sha256: [u8; 32],
}

impl<S: Send + Sync> FromRequest<S> for Table {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if essence(request.headers()).as_deref() != Some("text/csv") {
            return Err(Failure::UnsupportedMediaType { wanted: "text/csv" });
        }
        let bytes = all(request, state, TABLE_LIMIT).await?;
        let text = decode(&bytes).ok_or_else(|| {
            Failure::field("table", "文件须为 UTF-8 或 GBK 编码的 CSV。", "a table is CSV in UTF-8 or GBK")
        })?;
        Ok(Self { text, sha256: Sha256::digest(&bytes).into() })
    }
}

/// UTF-8, with or without its mark; else GB 18030, which holds GBK, as Excel saves CSV on a Chinese Windows.
fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_of_the_office_are_read() {
        assert_eq!(decode("学号".as_bytes()).as_deref(), Some("学号"));
        assert_eq!(decode(b"\xef\xbb\xbfa,b").as_deref(), Some("a,b"));
        assert_eq!(decode(&[0xd1, 0xa7, 0xba, 0xc5]).as_deref(), Some("学号"), "GBK");
        assert_eq!(decode(&[0xff, 0xff, 0x00]), None);
    }
}
