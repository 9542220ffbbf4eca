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

use crate::problem::Failure;

/// For most routes.
const USUAL: Duration = Duration::from_secs(30);

/// For the routes that read a whole clip or the whole audit log, or put a package together.
const LONG: Duration = Duration::from_secs(600);

/// The layer.
pub(crate) async fn hold(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let limit = if path.ends_with("/verify") || path.ends_with("/package") { LONG } else { USUAL };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}
