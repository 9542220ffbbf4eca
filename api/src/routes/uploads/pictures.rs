//! `GET /uploads/{id}/contact-sheet`, `GET /uploads/{id}/thumbnail`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::{access::Action, ids::UploadId};
use duxue_storage::likeness::UploadView;
use serde_json::json;

use crate::{
    app::Shared,
    content::stored_picture,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
};

/// Gives sixteen pictures of a video that was handed in and accepted, spread over its length, as one.
///
/// Reading it is logged. It is made soon after the video was accepted; until then there is none.
#[utoipa::path(
    get,
    path = "/uploads/{id}/contact-sheet",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        (status = 304, description = "Not modified."),
        ReadRefusals,
    ),
)]
pub async fn show_contact_sheet(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = picture(&app, &who, id, |view| view.sheet).await?;
    app.log_reading(&who, "read_contact_sheet", "upload", id.0, json!({})).await?;
    stored_picture(&method, &headers, &app.objects, &key).await
}

/// Gives a picture out of the middle of a video that was handed in and accepted.
///
/// Reading it is logged. It is made soon after the video was accepted; until then there is none.
#[utoipa::path(
    get,
    path = "/uploads/{id}/thumbnail",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        (status = 304, description = "Not modified."),
        ReadRefusals,
    ),
)]
pub async fn show_thumbnail(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = picture(&app, &who, id, |view| view.thumbnail).await?;
    app.log_reading(&who, "read_thumbnail", "upload", id.0, json!({})).await?;
    stored_picture(&method, &headers, &app.objects, &key).await
}

/// The key of a picture that the reader may see.
async fn picture(
    app: &Shared,
    who: &SignedIn,
    id: UploadId,
    which: fn(UploadView) -> Option<String>,
) -> Result<String, Failure> {
    let mut tx = app.store.read().await?;
    let upload = tx.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(upload.institution.id))?;
    tx.upload_view(id).await?.and_then(which).ok_or(Failure::NotFound)
}
