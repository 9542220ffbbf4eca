//! `GET /violations/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ViolationId};

use super::shown_one;
use crate::{
    app::Shared,
    dto::violation::Violation,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a violation.
#[utoipa::path(
    get,
    path = "/violations/{id}",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    responses((status = 200, description = "The violation.", body = Violation), ReadRefusals),
)]
pub async fn show_violation(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
) -> Result<Json<Violation>, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.violation(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadConduct, Some(row.institution.id))?;
    Ok(Json(shown_one(&mut tx, &who, row).await?))
}
