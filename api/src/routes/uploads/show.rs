//! `GET /uploads/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::UploadId};
use duxue_storage::upload;

use super::refused;
use crate::{
    app::Shared,
    dto::upload::Upload,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells about a video that was handed in: how far it has come and what became of it.
#[utoipa::path(
    get,
    path = "/uploads/{id}",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses((status = 200, description = "The upload.", body = Upload), ReadRefusals),
)]
pub async fn show_upload(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
) -> Result<Json<Upload>, Failure> {
    let row = app.store.read().await?.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(row.institution.id))?;
    with_progress(&app, row).await.map(Json)
}

/// The row, and how much of it lies on the disk.
pub(super) async fn with_progress(app: &Shared, row: upload::Upload) -> Result<Upload, Failure> {
    let spooled = app.spool.length(row.id).await.map_err(|error| refused(&error, None))?;
    let decision = match row.sealed_at {
        Some(_) => app.store.read().await?.upload_decision(row.id).await?,
        None => None,
    };
    Ok(Upload::of(row, decision, spooled.unwrap_or(0)))
}
