//! `GET /classes/{id}/timetable`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::Standing;
use crate::{
    app::Shared,
    dto::timetable::Timetable,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a class's newest timetable with its lessons, changes, and what is wrong with it (R7.2).
///
/// A 404 before one was handed in.
#[utoipa::path(
    get,
    path = "/classes/{id}/timetable",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The timetable.", body = Timetable), ReadRefusals),
)]
pub async fn show_timetable(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Timetable>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let standing = Standing::newest(&mut tx, &class).await?.ok_or(Failure::NotFound)?;
    Ok(Json(standing.answer(&app, &mut tx, app.now()).await?))
}
