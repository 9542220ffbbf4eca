//! `GET /uploads/{id}/seal`

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use duxue_rules::{access::Action, ids::UploadId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Gives the seal of a video that was handed in and accepted: a DSSE envelope around its signed manifest.
///
/// With the video and the public key, `duxue verify` checks it without this server. Reading it is logged.
#[utoipa::path(
    get,
    path = "/uploads/{id}/seal",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses(
        (status = 200, description = "The envelope.", body = Object, content_type = "application/json"),
        ReadRefusals,
    ),
)]
pub async fn read_upload_seal(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
) -> Result<([(HeaderName, String); 2], String), Failure> {
    let mut tx = app.store.read().await?;
    let upload = tx.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(upload.institution.id))?;
    // What was not accepted has none.
    let seal = tx.upload_seal(id).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    app.log_reading(&who, "read_upload_seal", "upload", id.0, json!({ "class": upload.class.id })).await?;
    let name = format!("attachment; filename=\"{id}.seal.json\"");
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, seal.envelope))
}
