//! `GET /files/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::FileId};

use crate::{
    app::Shared,
    dto::file::File,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells about a file that was handed in.
#[utoipa::path(
    get,
    path = "/files/{id}",
    tag = "Files",
    params(("id" = Uuid, Path, description = "Identity of the file.")),
    responses((status = 200, description = "The file.", body = File), ReadRefusals),
)]
pub async fn show_file(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<FileId>>,
) -> Result<Json<File>, Failure> {
    let file = app.store.read().await?.file(id).await?.ok_or(Failure::NotFound)?;
    who.may_named(Action::ReadClass, file.institution)?;
    Ok(Json(file.into()))
}
