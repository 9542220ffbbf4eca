//! `HEAD /uploads/{id}`

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duxue_rules::ids::UploadId;

use super::{Standing, alive, own, receive, refused};
use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::UploadRefusals,
    tus,
};

/// How long a request that is asked to let go may take to sync what it has.
const LETTING_GO: Duration = Duration::from_secs(20);

/// Tells how far an upload has come (tus 1.0.0).
///
/// Whoever asks has lost the connection over which it was being sent: a request that still waits for bytes there is ended
/// first, so that its offset does not move any more.
#[utoipa::path(
    head,
    path = "/uploads/{id}",
    tag = "Evidence",
    params(
        ("id" = Uuid, Path, description = "Identity of the upload."),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (
            status = 200,
            description = "How far it has come.",
            headers(
                ("Upload-Offset" = u64, description = "Bytes that are safe on the disk."),
                ("Upload-Length" = u64, description = "The size that was announced."),
                ("Upload-Metadata" = String, description = "As it was announced."),
                ("Upload-Expires" = String, description = "When it is given up, unless something comes before."),
            ),
        ),
        UploadRefusals,
    ),
)]
pub async fn show_upload_offset(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
) -> Result<Response, Failure> {
    own(&app, &who, id).await?;
    let hold = tokio::time::timeout(LETTING_GO, app.spool.take_over(id)).await.map_err(|_| Failure::Locked)?;
    // Read again: the request that let go may have been the last one.
    let upload = own(&app, &who, id).await?;
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    let offset = match alive(&upload, app.now())? {
        Standing::Whole => upload.length,
        Standing::Receiving { expires_at } => {
            let offset = hold.synced().await.map_err(|error| refused(&error, None))?;
            if offset == upload.length {
                // The last byte came, and then the answer was lost with the process or the database.
                receive(&app, &who, &upload).await?;
            } else {
                tus::expires(headers, expires_at);
            }
            offset
        }
    };
    headers.insert(tus::UPLOAD_OFFSET, HeaderValue::from(offset));
    headers.insert(tus::UPLOAD_LENGTH, HeaderValue::from(upload.length));
    if let Ok(metadata) = HeaderValue::try_from(&upload.metadata) {
        headers.insert(tus::UPLOAD_METADATA, metadata);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
