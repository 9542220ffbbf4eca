//! `GET /classes/{id}/inspections`

use axum::{Json, extract::State};
use duxue_rules::ids::ClassId;

use super::{reading, shown, visible};
use crate::{
    app::Shared,
    dto::{inspection::Inspection, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the sheets of a class's on-site inspections.
///
/// The class's institution sees those that it is to countersign or has.
#[utoipa::path(
    get,
    path = "/classes/{id}/inspections",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "All of them, oldest first.", body = Page<Inspection>), ReadRefusals),
)]
pub async fn list_inspections(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Inspection>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, reading(&who)).await?;
    let mut items = Vec::new();
    for row in tx.inspections(id).await?.into_iter().filter(|row| visible(&who, row)) {
        items.push(shown(&mut tx, row).await?);
    }
    Ok(Json(Page::whole(items)))
}
