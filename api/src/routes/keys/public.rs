//! `GET /public-key`

/// Gives the public key that seals are checked with, as PEM.
///
/// Open to anyone.
#[utoipa::path(
    get,
    path = "/public-key",
    tag = "Evidence",
    responses((status = 200, description = "The key.", body = String, content_type = "application/x-pem-file")),
)]
pub async fn show_public_key() {}
