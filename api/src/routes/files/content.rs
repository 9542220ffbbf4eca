//! `GET /files/{id}/content`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::{access::Action, ids::FileId};
use serde_json::json;

use crate::{
    app::Shared,
    content::{Place, Served, serve},
    extract::{FileKind, Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ContentRefusals},
};

/// Gives a file that was handed in.
///
/// Reading it is logged: scans show people's papers.
#[utoipa::path(
    get,
    path = "/files/{id}/content",
    tag = "Files",
    params(("id" = Uuid, Path, description = "Identity of the file.")),
    responses(
        (status = 200, description = "The file.", body = BinaryFile, content_type = "application/octet-stream"),
        (status = 206, description = "A part of it.", body = BinaryFile, content_type = "application/octet-stream"),
        (status = 304, description = "Not modified."),
        ContentRefusals,
    ),
)]
pub async fn read_file(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<FileId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = app.store.read().await?.file(id).await?.ok_or(Failure::NotFound)?;
    who.may_named(Action::ReadClass, file.institution)?;
    app.log_reading(&who, "read_file", "file", id.0, json!({})).await?;
    let kind = FileKind::named(&file.media_type).ok_or(Failure::Internal)?;
    let served = Served {
        sha256: file.sha256,
        size: file.bytes,
        content_type: kind.media_type,
        save_as: Some(format!("{id}.{}", kind.extension)),
        place: Place::Object(app.objects.clone(), file.object_key),
    };
    serve(&method, &headers, served).await
}
