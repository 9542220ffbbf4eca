//! `GET /classes/{id}/exceptions`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::standing;
use crate::{
    app::Shared,
    dto::exception::Exceptions,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows what enrolment (R3, R3.4), verification at the end (R4.1 to R4.3) and attendance (R7.2c) hold against a class's students, and what the
/// centre let pass of it (R9.4).
#[utoipa::path(
    get,
    path = "/classes/{id}/exceptions",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "How it stands.", body = Exceptions), ReadRefusals),
)]
pub async fn list_exceptions(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Exceptions>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadSubsidy).await?;
    Ok(Json(standing(&app, &mut tx, &class, app.now()).await?))
}
