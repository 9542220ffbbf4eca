//! `GET /classes/{id}/students`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{class::Student, page::Page},
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the roster of a class.
#[utoipa::path(
    get,
    path = "/classes/{id}/students",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The students.", body = Page<Student>), ReadRefusals),
)]
pub async fn list_students(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Student>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = load::students(&mut tx, id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
