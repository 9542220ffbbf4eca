//! `GET /classes/{id}/verifications`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::verification::Verifications,
    enrolment,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists what was verified about a class's students, and what is owed before the course and at its end (R4.1 to R4.3).
#[utoipa::path(
    get,
    path = "/classes/{id}/verifications",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "Done and owed.", body = Verifications), ReadRefusals),
)]
pub async fn list_verifications(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Verifications>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    Ok(Json(enrolment::verifications(&mut tx, &class).await?))
}
