//! `GET /classes/{id}/tracking`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::standing;
use crate::{
    app::Shared,
    dto::tracking::Tracking,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the tracking ledger of a class: every line, what is due when, and what came out (R11.2).
#[utoipa::path(
    get,
    path = "/classes/{id}/tracking",
    tag = "Tracking",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The ledger.", body = Tracking), ReadRefusals),
)]
pub async fn show_tracking(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Tracking>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    Ok(Json(standing(&mut tx, &class, app.now(), &app.policy.policy).await?))
}
