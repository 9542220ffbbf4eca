//! What is read has a strong `ETag`, so that whoever asks again is told when nothing changed (RFC 9110, 13.1.2).
//!
//! It is the hash of the answer: two with the same are the same. That saves the way to the client, not the work here. Where
//! some of the answer moves by itself, the hash of the rest stands before it, so that `If-Match` is held against what people
//! change (`layers/if_match.rs`).

use axum::{
    Extension,
    body::{Body, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::if_match;
use crate::problem::Failure;

/// Fields of an answer, or of a list's items, that move by themselves and are nobody's to change, such as how a camera does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moving(pub(crate) &'static [&'static str]);

impl Moving {
    /// An answer with such fields.
    pub(crate) fn within<T>(self, answer: T) -> (Extension<Self>, T) {
        (Extension(self), answer)
    }

    /// What is left of an answer without them.
    fn left_out_of(self, answer: &[u8]) -> Option<Value> {
        let mut left: Value = serde_json::from_slice(answer).ok()?;
        let still = |thing: &mut Value| {
            if let Value::Object(fields) = thing {
                fields.retain(|name, _| !self.0.contains(&name.as_str()));
            }
        };
        match left.get_mut("items") {
            Some(Value::Array(items)) => items.iter_mut().for_each(still),
            _ => still(&mut left),
        }
        Some(left)
    }
}

/// The tag of an answer.
fn tag_of(answer: &[u8], moving: Option<&Moving>) -> String {
    let whole = hex::encode(Sha256::digest(answer));
    match moving.and_then(|moving| moving.left_out_of(answer)) {
        Some(left) => format!("\"{}.{whole}\"", hex::encode(&Sha256::digest(left.to_string())[..16])),
        None => format!("\"{whole}\""),
    }
}

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
    let tag = tag_of(&bytes, parts.extensions.get());
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

    #[test]
    fn what_moves_by_itself_changes_the_tag_and_not_what_is_held_against_a_change() {
        let camera = |name: &str, state: &str| format!(r#"{{"name":"{name}","status":{{"state":"{state}"}}}}"#);
        let moving = Some(&Moving(&["status"]));
        let tag = |name: &str, state: &str| tag_of(camera(name, state).as_bytes(), moving);
        let list =
            |name: &str, state: &str| tag_of(format!(r#"{{"items":[{}]}}"#, camera(name, state)).as_bytes(), moving);
        for tag in [&tag as &dyn Fn(&str, &str) -> String, &list] {
            let (before, after, renamed) = (tag("a", "live"), tag("a", "gone"), tag("b", "live"));
            let held = |tag: &str| tag.split_once('.').unwrap().0.to_owned();
            assert_ne!(before, after, "a reader has to hear of it");
            assert_eq!(held(&before), held(&after));
            assert_ne!(held(&before), held(&renamed));
        }
        assert!(!tag_of(camera("a", "live").as_bytes(), None).contains('.'));
    }
}
