//! An answer must begin in time.
//!
//! The time covers reading the body too, so that a client that sends one byte a minute is let go. What is
//! streamed after
//! the answer's head has its own pace.

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{problem::Failure, tus};

/// For most routes.
const USUAL: Duration = Duration::from_secs(30);

/// For the routes that read a whole clip or the whole audit log, put a package together or cut a film.
const LONG: Duration = Duration::from_secs(600);
const LONG_ENDINGS: [&str; 3] = ["/verify", "/package", "/recordings/export"];

/// The layer. An upload's bytes take as long as they take, and are timed where they are read.
pub(crate) async fn hold(request: Request, next: Next) -> Response {
    if tus::keeps_own_time(request.method(), request.uri()) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let limit = if LONG_ENDINGS.iter().any(|ending| path.ends_with(ending)) { LONG } else { USUAL };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}
