//! `POST /uploads/{id}`

use axum::{
    body::Body,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use duxue_rules::ids::UploadId;

use super::{append::append_upload, end::end_upload, own};
use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, UploadRefusals},
    tus,
};

/// PATCH or DELETE, for clients whose proxy lets neither through: `X-HTTP-Method-Override` says which (tus 1.0.0).
#[utoipa::path(
    post,
    path = "/uploads/{id}",
    tag = "Evidence",
    params(
        ("id" = Uuid, Path, description = "Identity of the upload."),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("X-HTTP-Method-Override" = String, Header, description = "`PATCH` or `DELETE`."),
    ),
    request_body(content((BinaryFile = "application/offset+octet-stream")), description = "As of PATCH."),
    responses((status = 204, description = "As of PATCH or DELETE."), UploadRefusals),
)]
pub async fn append_overridden(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    own(&app, &who, id).await?;
    match headers.get(tus::METHOD_OVERRIDE).map(|method| method.as_bytes()) {
        Some(b"PATCH") => append_upload(State(app), who, Params(Id { id }), headers, body).await,
        Some(b"DELETE") => Ok(end_upload(State(app), who, Params(Id { id })).await?.into_response()),
        _ => Err(Failure::MethodNotAllowed),
    }
}
