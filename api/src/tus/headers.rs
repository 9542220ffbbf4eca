//! Numbers and times in headers.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

use super::{UPLOAD_EXPIRES, UPLOAD_OFFSET};
use crate::problem::Failure;

/// A header that must be there, as text.
pub(crate) fn required<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, Failure> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or_else(|| wrong(name))
}

/// A header that must be a number of bytes: digits and nothing else.
pub(crate) fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Failure> {
    let text = required(headers, name)?;
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong(name));
    }
    text.parse().map_err(|_| wrong(name))
}

/// `Upload-Expires`, in the form of RFC 9110.
pub(crate) fn expires(headers: &mut HeaderMap, at: Timestamp) {
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at);
    if let Some(value) = text.ok().and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(UPLOAD_EXPIRES, value);
    }
}

/// 204 with how far the upload has come and until when it waits.
pub(crate) fn offset_answer(offset: u64, expires_at: Option<Timestamp>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(offset));
    if let Some(at) = expires_at {
        expires(response.headers_mut(), at);
    }
    response
}

fn wrong(name: &HeaderName) -> Failure {
    Failure::parameter(
        name.as_str(),
        format!("请求头 {name} 缺失或格式不正确。"),
        format!("the header {name} is missing or of the wrong form"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tus::UPLOAD_LENGTH;

    #[test]
    fn a_number_is_digits_alone() {
        let read = |text: &str| {
            let headers = HeaderMap::from_iter([(UPLOAD_LENGTH, text.parse().unwrap())]);
            number(&headers, &UPLOAD_LENGTH).ok()
        };
        assert_eq!((read("0"), read("18446744073709551615")), (Some(0), Some(u64::MAX)));
        for bad in ["", "-1", "+1", "1.0", "1e3", " 1 2", "18446744073709551616", "0x10"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_are_written_as_http_writes_them() {
        let answer = offset_answer(7, Some("2024-10-08T02:30:00Z".parse().unwrap()));
        assert_eq!(answer.headers()["upload-expires"], "Tue, 08 Oct 2024 02:30:00 GMT");
        assert_eq!(
            (answer.status(), &answer.headers()["upload-offset"]),
            (StatusCode::NO_CONTENT, &HeaderValue::from(7))
        );
    }
}
