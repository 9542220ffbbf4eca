//! `GET /classes/{id}/verifications`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::standing;
use crate::{
    app::Shared,
    dto::verification::Verifications,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows how the verification of a class's students at the end stands, and what the centre let pass (R4.1 to R4.3).
#[utoipa::path(
    get,
    path = "/classes/{id}/verifications",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "How it stands.", body = Verifications), ReadRefusals),
)]
pub async fn show_verifications(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Verifications>, Failure> {
    let mut tx = app.store.read().await?;
    let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadSubsidy, Some(class.institution.id))?;
    Ok(Json(standing(&mut tx, &class).await?))
}
