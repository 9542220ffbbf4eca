//! `GET /classes/{id}/leaves`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::check;
use crate::{
    app::Shared,
    dto::leave::{Leave, Leaves},
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
    routes::attendance::Facts,
};

/// Lists a class's leaves, and what is wrong with them (R7.3e).
#[utoipa::path(
    get,
    path = "/classes/{id}/leaves",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The leaves.", body = Leaves), ReadRefusals),
)]
pub async fn list_leaves(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Leaves>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = tx.leaves(id).await?;
    let names = load::student_names(&mut tx, id).await?;
    let facts = Facts::without_punches(&mut tx, class).await?;
    let findings = check(&facts, facts.leaves()).into_iter().map(Into::into).collect();
    Ok(Json(Leaves { items: rows.into_iter().map(|row| Leave::of(row, &names)).collect(), findings }))
}
