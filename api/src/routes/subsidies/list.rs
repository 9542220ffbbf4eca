//! `GET /classes/{id}/subsidies`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{page::Page, subsidy::Subsidy},
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the reckonings of a class's subsidy, the oldest first. The newest counts.
#[utoipa::path(
    get,
    path = "/classes/{id}/subsidies",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The reckonings.", body = Page<Subsidy>), ReadRefusals),
)]
pub async fn list_subsidies(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Subsidy>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadSubsidy).await?;
    let names = load::student_names(&mut tx, id).await?;
    let rows = tx.subsidies(id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(|row| Subsidy::of(row, &names)).collect())))
}
