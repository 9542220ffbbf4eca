//! `Upload-Metadata`: pairs of a key and a Base64 value, `filename 5LiK,class_id MDE5…`.

use std::collections::HashMap;

use axum::http::HeaderMap;
use base64::{Engine, prelude::BASE64_STANDARD};

use super::UPLOAD_METADATA;
use crate::problem::Failure;

/// The most that is kept of it.
const LIMIT: usize = 2_000;

/// What the sender says about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metadata {
    /// The header as it was sent.
    pub(crate) sent: String,
    values: HashMap<String, String>,
}

impl Metadata {
    /// Reads the header. Keys are not empty and there once; values are UTF-8.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let sent = headers.get(UPLOAD_METADATA).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self::parse(sent).ok_or_else(|| {
            Failure::parameter(
                UPLOAD_METADATA.as_str(),
                "Upload-Metadata 应为以逗号分隔的“键 Base64 值”，不超过 2000 个字符。",
                "Upload-Metadata is pairs `key base64` with commas between them, at most 2000 characters",
            )
        })
    }

    fn parse(sent: &str) -> Option<Self> {
        if sent.len() > LIMIT {
            return None;
        }
        let mut values = HashMap::new();
        for pair in sent.split(',').filter(|_| !sent.trim().is_empty()) {
            let pair = pair.trim();
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = String::from_utf8(BASE64_STANDARD.decode(value.trim()).ok()?).ok()?;
            if key.is_empty() || values.insert(key.to_owned(), value).is_some() {
                return None;
            }
        }
        Some(Self { sent: sent.to_owned(), values })
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_the_protocol_writes_them() {
        let read = Metadata::parse("filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential").unwrap();
        assert_eq!(read.get("filename"), Some("world_domination_plan.pdf"));
        assert_eq!((read.get("is_confidential"), read.get("other")), (Some(""), None));
        assert_eq!(Metadata::parse("").unwrap().get("filename"), None);
    }

    #[test]
    fn what_is_not_of_that_form_is_refused() {
        let long = format!("filename {}", "A".repeat(LIMIT));
        for bad in ["a ~~~", "a YQ==,a YQ==", ",", "a YQ==,,b", "a /w==", &long] {
            assert_eq!(Metadata::parse(bad), None, "{bad}");
        }
    }
}
