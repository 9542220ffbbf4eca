//! A POST with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) is done once, however often a bad line
//! makes the client send it: repeated, it gets the answer that the first had.
//!
//! The key is bound to who asks, and to method, address and body: the same key with anything else is refused (422). While
//! the first is being done, a second is told to wait (409). What is refused or fails changed nothing, so its key is free
//! again. What is done is done whether or not the client is still there to hear it. After a power cut in between nobody
//! knows; the key then stays taken for its day, rather than that a payment is recorded twice.

use std::panic::AssertUnwindSafe;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_storage::repeatable::{Claim, RequestKey};
use futures::FutureExt;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use crate::{
    app::Core,
    extract::{FILE_LIMIT, SignedDevice, SignedIn},
    problem::{Failure, chain},
    tus,
};

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is a repeated one.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A larger answer is not kept; no POST gives one.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    content_type: Option<String>,
    location: Option<String>,
    body: String,
}

/// The layer.
pub(crate) async fn once(State(app): State<Core>, request: Request, next: Next) -> Response {
    let keyed = request.headers().contains_key(IDEMPOTENCY_KEY) && request.method() == Method::POST;
    // An upload has its own way of being repeated; and each time an ID number is shown it is logged anew.
    let apart = tus::keeps_own_time(request.method(), request.uri()) || request.uri().path().ends_with("/id-number");
    if !keyed || apart {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    // Whoever is nobody is told so by the route, and its answer is nobody's.
    let Some(principal) = principal(&mut parts, &app).await else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let Ok(body) = to_bytes(body, FILE_LIMIT + 1).await else {
        return Failure::TooLarge { limit: FILE_LIMIT }.into_response();
    };
    // From here on it goes to its end, also when the client goes away: dropped halfway, a claim would stay without an answer.
    let tracker = app.tracker.clone();
    let work =
        async move { serve(&app, principal, parts, body, next).await.unwrap_or_else(IntoResponse::into_response) };
    let done = tracker.spawn(work.instrument(tracing::Span::current())).await;
    done.unwrap_or_else(|_| Failure::Internal.into_response())
}

/// Does a request that nobody has done, and answers the others.
async fn serve(app: &Core, principal: String, parts: Parts, body: Bytes, next: Next) -> Result<Response, Failure> {
    let request = RequestKey { principal, key: key(&parts)? };
    let hash = hash(&parts, &body);
    let now = app.now();
    let forget = now.checked_sub(KEPT).map_err(|_| Failure::Internal)?;
    let mut tx = app.store.begin().await?;
    let claim = tx.claim_request(&request, hash, now, forget, &app.secret).await?;
    tx.commit().await?;
    match claim {
        Claim::Fresh => {
            let asked = Request::from_parts(parts, Body::from(body));
            let Ok(response) = AssertUnwindSafe(next.run(asked)).catch_unwind().await else {
                tracing::error!("a handler panicked");
                settle(app, &request, None).await;
                return Err(Failure::Internal);
            };
            Ok(finish(app, &request, response).await)
        }
        Claim::Answered(answer) => again(&answer),
        Claim::Running => Err(Failure::conflict(
            "同一请求正在处理，或其结果未知；请稍后重试，或先查看是否已完成。",
            "The same request is being done, or nobody knows how it ended: try again later, or look whether it was done.",
        )),
        Claim::Another => Err(Failure::field(
            "Idempotency-Key",
            "该幂等键已用于另一请求。",
            "this key stands for another request already; take a new one",
        )),
    }
}

/// Keeps what was answered, if the request was done.
async fn finish(app: &Core, key: &RequestKey, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    if !parts.status.is_success() || parts.headers.contains_key(header::SET_COOKIE) {
        settle(app, key, None).await;
        return Response::from_parts(parts, body);
    }
    let Ok(body) = to_bytes(body, ANSWER_LIMIT).await else {
        settle(app, key, None).await;
        tracing::error!("the answer to a repeatable request is too large to be kept");
        return Failure::Internal.into_response();
    };
    let said = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let answer = Answer {
        status: parts.status.as_u16(),
        content_type: said(header::CONTENT_TYPE),
        location: said(header::LOCATION),
        body: BASE64_STANDARD.encode(&body),
    };
    settle(app, key, Some(answer)).await;
    Response::from_parts(parts, Body::from(body))
}

/// Keeps the answer, or gives the key back. That this fails does not undo what was done: the answer goes out all the same.
async fn settle(app: &Core, key: &RequestKey, answer: Option<Answer>) {
    let settled = async {
        let mut tx = app.store.begin().await?;
        match answer.map(|answer| serde_json::to_vec(&answer).unwrap_or_default()) {
            Some(answer) => tx.answer_request(key, &answer, &app.secret).await?,
            None => tx.release_request(key).await?,
        }
        tx.commit().await
    };
    if let Err(error) = settled.await {
        tracing::warn!(error = chain(&error), "the answer to a repeatable request was not kept");
    }
}

/// The answer that the first had.
fn again(kept: &[u8]) -> Result<Response, Failure> {
    let broken = || {
        tracing::error!("a kept answer does not read");
        Failure::Internal
    };
    let answer: Answer = serde_json::from_slice(kept).map_err(|_| broken())?;
    let body = BASE64_STANDARD.decode(answer.body).map_err(|_| broken())?;
    let mut response = Body::from(body).into_response();
    *response.status_mut() = StatusCode::from_u16(answer.status).map_err(|_| broken())?;
    let headers = response.headers_mut();
    for (name, value) in [(header::CONTENT_TYPE, answer.content_type), (header::LOCATION, answer.location)] {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

async fn principal(parts: &mut Parts, app: &Core) -> Option<String> {
    if let Ok(who) = SignedIn::from_request_parts(parts, app).await {
        return Some(format!("user:{}", who.id()));
    }
    let device = SignedDevice::from_request_parts(parts, app).await.ok()?;
    Some(format!("device:{}", device.0.id))
}

/// The key: a string of RFC 8941, in quotes, or the same without them.
fn key(parts: &Parts) -> Result<String, Failure> {
    let text = parts.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if bare.is_empty() || bare.len() > 255 || bare.contains(['"', '\\']) {
        return Err(Failure::parameter(
            "Idempotency-Key",
            "幂等键须为 1 至 255 个字符。",
            "a key has 1 to 255 characters, such as a UUID",
        ));
    }
    Ok(bare.to_owned())
}

fn hash(parts: &Parts, body: &[u8]) -> [u8; 32] {
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let mut hash = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), address.as_bytes(), kind] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(body);
    hash.finalize().into()
}
