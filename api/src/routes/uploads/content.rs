//! `GET /uploads/{id}/content`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::{access::Action, ids::UploadId};
use duxue_storage::upload::{UploadState, Verdict};
use serde_json::json;

use crate::{
    app::Shared,
    content::{Place, Served, serve},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ContentRefusals},
};

/// Gives a video that was handed in and accepted.
///
/// Reading it is logged.
#[utoipa::path(
    get,
    path = "/uploads/{id}/content",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses(
        (status = 200, description = "The video.", body = BinaryFile, content_type = "application/octet-stream"),
        (status = 206, description = "A part of it.", body = BinaryFile, content_type = "application/octet-stream"),
        (status = 304, description = "Not modified."),
        ContentRefusals,
    ),
)]
pub async fn read_upload(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let upload = app.store.read().await?.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(upload.institution.id))?;
    // What was refused is not kept, and what is not whole is no video yet.
    let UploadState::Checked { verdict: Verdict::Accepted { object, sha256, .. }, .. } = upload.state else {
        return Err(Failure::NotFound);
    };
    let mut sum = [0; 32];
    hex::decode_to_slice(&sha256, &mut sum).map_err(|_| Failure::Internal)?;
    app.log_reading(&who, "read_upload", "upload", id.0, json!({})).await?;
    let extension = object.rsplit('.').next().unwrap_or_default().to_owned();
    let served = Served {
        sha256: sum,
        size: upload.length,
        content_type: if extension == "mp4" { "video/mp4" } else { "application/octet-stream" },
        save_as: Some(format!("{id}.{extension}")),
        place: Place::Object(app.objects.clone(), object),
    };
    serve(&method, &headers, served).await
}
