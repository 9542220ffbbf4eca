//! Around every request: its id, its span, the headers of its answer, and the body of its failure.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures::FutureExt;
use tracing::{Instrument, field};

use crate::{
    app::{Shared, new_id},
    problem::Failure,
    tus,
};

/// The header that carries the request's id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer. The span names the route's pattern, never the address itself or anything that was sent.
pub(crate) async fn frame(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let id: uuid::Uuid = new_id(app.now());
    let id = id.to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request",
        request.id = id,
        http.method = %request.method(),
        http.route = route,
        user.id = field::Empty,
    );
    async move {
        let started = Instant::now();
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let response = answered.unwrap_or_else(|_| {
            tracing::error!("a handler panicked");
            axum::response::IntoResponse::into_response(Failure::Internal)
        });
        let mut response = said(response, &id);
        harden(response.headers_mut());
        if let Ok(value) = HeaderValue::try_from(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let (status, duration_ms) = (response.status().as_u16(), started.elapsed().as_millis());
        match status {
            500.. => tracing::warn!(http.status = status, duration_ms, "answered"),
            _ => tracing::info!(http.status = status, duration_ms, "answered"),
        }
        response
    }
    .instrument(span)
    .await
}

/// Writes the body of a failure. An error status that comes from elsewhere (axum's own refusals) becomes one too.
fn said(mut response: Response, request_id: &str) -> Response {
    let failure = response.extensions_mut().remove::<Failure>();
    let status = response.status();
    let failure = failure.or_else(|| {
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        match status {
            // What a handler wrote itself, such as the health check, stands.
            _ if kind.is_some_and(|kind| kind.ends_with(b"json")) => None,
            StatusCode::METHOD_NOT_ALLOWED => Some(Failure::MethodNotAllowed),
            StatusCode::NOT_FOUND => Some(Failure::NotFound),
            _ if status.is_server_error() => Some(Failure::Internal),
            _ => None,
        }
    });
    let Some(failure) = failure else { return response };
    let mut answer = failure.answer(request_id);
    for name in [header::ALLOW, header::SET_COOKIE, tus::TUS_RESUMABLE] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// What OWASP's secure headers ask of an API: nothing is kept, nobody frames it, and nothing
/// of it is a page but the forms to print, which say themselves what they are drawn with.
fn harden(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
