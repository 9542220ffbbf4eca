//! `GET /public-key`

use axum::{
    extract::State,
    http::{HeaderName, header},
};

use crate::app::Shared;

/// Gives the public key that seals are checked with, as PEM.
///
/// Open to anyone.
#[utoipa::path(
    get,
    path = "/public-key",
    tag = "Evidence",
    responses((status = 200, description = "The key.", body = String, content_type = "application/x-pem-file")),
)]
pub async fn show_public_key(State(app): State<Shared>) -> ([(HeaderName, &'static str); 2], String) {
    let headers = [
        (header::CONTENT_TYPE, "application/x-pem-file"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"duxue-public-key.pem\""),
    ];
    (headers, app.public_key.to_pem())
}
