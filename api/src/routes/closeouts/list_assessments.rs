//! `GET /classes/{id}/assessments`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{closeout::Assessment, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the assessments of a class's students, the oldest first.
#[utoipa::path(
    get,
    path = "/classes/{id}/assessments",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The assessments.", body = Page<Assessment>), ReadRefusals),
)]
pub async fn list_assessments(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Assessment>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    Ok(Json(Page::whole(tx.assessments(id).await?.into_iter().map(Into::into).collect())))
}
