//! What is read has a strong `ETag`, so that whoever asks again is told when nothing changed (RFC 9110, 13.1.2).
//!
//! It is the hash of the answer: two with the same are the same. That saves the way to the client, not the work here.

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::if_match;
use crate::problem::Failure;

/// The layer. Answers in JSON only: files say themselves what they are.
pub(crate) async fn mark(request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let whole = response.status() == StatusCode::OK
        && is_json(response.headers())
        && !response.headers().contains_key(header::ETAG)
        && response.body().size_hint().exact().is_some();
    if !whole {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Failure::Internal.into_response() };
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&bytes)));
    let Ok(value) = HeaderValue::try_from(&tag) else { return Response::from_parts(parts, Body::from(bytes)) };
    if !if_match::is_wanted(&headers, &tag) {
        let current = serde_json::from_slice(&bytes).ok().map(|current| (tag, current));
        return Failure::changed(current).into_response();
    }
    parts.headers.insert(header::ETAG, value);
    if headers.get_all(header::IF_NONE_MATCH).iter().any(|line| names(line, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// Whether a line of `If-None-Match` names this tag, by the weak comparison of RFC 9110, 8.8.3.2.
fn names(line: &HeaderValue, tag: &str) -> bool {
    let Ok(line) = line.to_str() else { return false };
    line.split(',').map(str::trim).any(|named| named == "*" || named.strip_prefix("W/").unwrap_or(named) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_named_in_a_list_weak_or_by_a_star() {
        let named = |line: &str| names(&HeaderValue::from_str(line).unwrap(), "\"ab\"");
        assert!(["\"ab\"", "\"x\", \"ab\"", "W/\"ab\"", "*"].into_iter().all(named));
        assert!(!["", "ab", "\"a\"", "\"abc\"", "W/ab"].into_iter().any(named));
    }
}
