//! Refuses writes, and live sockets, that another site's page makes this browser send.
//!
//! The cookie is SameSite=Strict already; this holds where a browser is lenient about it, and against pages of the same
//! site on another port. JSON-only bodies ([`crate::extract::Body`]) are the third fence.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{extract::bearer, problem::Failure};

/// The layer.
pub(crate) async fn refuse(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let socket = request.headers().contains_key(header::SEC_WEBSOCKET_KEY);
    // A token is sent by a program on purpose, and no page can make a browser send one; the cookie is then not looked at.
    let by_token = bearer(request.headers()).is_some();
    if !by_token && (!reads || socket) && !is_own(request.headers(), request.uri()) {
        return Failure::CrossSite.into_response();
    }
    next.run(request).await
}

/// Whether the page that sent this is ours, or no page did.
///
/// `Sec-Fetch-Site` (W3C Fetch Metadata) cannot be set by scripts; where a browser does not send it, `Origin` must name
/// the host that was asked. A client that sends neither is no browser, and carries nobody's cookie but its own.
fn is_own(headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(asked) =
        headers.get(header::HOST).and_then(|host| host.to_str().ok()).or(uri.authority().map(|a| a.as_str()))
    else {
        return false;
    };
    let host = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    host.is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && host.eq_ignore_ascii_case(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_own(&headers, &Uri::from_static("/api/v1/clips"))
    }

    #[test]
    fn fetch_metadata_decides_where_there_is_any() {
        assert!(own(&[("sec-fetch-site", "same-origin"), ("host", "duxue.example")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("host", "duxue.example")]));
        assert!(!own(&[("sec-fetch-site", "same-site"), ("host", "duxue.example")]));
        assert!(!own(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://duxue.example"),
            ("host", "duxue.example")
        ]));
    }

    #[test]
    fn the_origin_decides_otherwise() {
        assert!(own(&[("origin", "https://duxue.example"), ("host", "duxue.example")]));
        assert!(own(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!own(&[("origin", "http://127.0.0.1:9999"), ("host", "127.0.0.1:8080")]));
        assert!(!own(&[("origin", "null"), ("host", "duxue.example")]));
        assert!(!own(&[("origin", "https://duxue.example.evil"), ("host", "duxue.example")]));
        assert!(!own(&[("origin", "https://duxue.example")]));
    }

    #[test]
    fn what_is_no_browser_sends_neither() {
        assert!(own(&[("host", "duxue.example")]));
    }
}
