//! `GET /classes/{id}/opening`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::about::shown;
use crate::{
    app::Shared,
    dto::opening::OpeningDossier,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows how far the opening of a class is, and what its next step misses.
#[utoipa::path(
    get,
    path = "/classes/{id}/opening",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The dossier.", body = OpeningDossier), ReadRefusals),
)]
pub async fn show_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<OpeningDossier>, Failure> {
    let mut tx = app.store.read().await?;
    let dossier = tx.dossier(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClass, Some(dossier.institution))?;
    Ok(Json(shown(&app, &mut tx, dossier).await?))
}
