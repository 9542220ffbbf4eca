//! `OPTIONS /uploads`

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};

use crate::{app::Shared, tus};

/// Tells what uploading here is like (tus 1.0.0): version, extensions, checksums and the largest file.
#[utoipa::path(
    options,
    path = "/uploads",
    tag = "Evidence",
    security(()),
    responses((
        status = 200,
        description = "What is spoken here.",
        headers(
            ("Tus-Version" = String, description = "1.0.0"),
            ("Tus-Extension" = String, description = "The extensions, with commas between them."),
            ("Tus-Max-Size" = u64, description = "The most bytes of one file."),
            ("Tus-Checksum-Algorithm" = String, description = "What `Upload-Checksum` may be made with."),
        ),
    )),
)]
pub async fn show_upload_options(State(app): State<Shared>) -> Response {
    let text = |name: HeaderName, value: &'static str| (name, HeaderValue::from_static(value));
    let headers = [
        text(tus::TUS_VERSION, tus::VERSION),
        text(tus::TUS_EXTENSION, tus::EXTENSIONS),
        text(tus::TUS_CHECKSUM_ALGORITHM, tus::Checksum::ALGORITHMS),
        (tus::TUS_MAX_SIZE, HeaderValue::from(app.settings.uploads.file_bytes)),
    ];
    headers.into_response()
}
