//! `GET /inspections/{id}`

use axum::{Json, extract::State};
use duxue_rules::ids::SupervisionId;

use super::{reading, shown, visible};
use crate::{
    app::Shared,
    dto::inspection::Inspection,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the sheet of an on-site inspection, and whether it is still what was signed.
#[utoipa::path(
    get,
    path = "/inspections/{id}",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the sheet.")),
    responses((status = 200, description = "The sheet.", body = Inspection), ReadRefusals),
)]
pub async fn show_inspection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SupervisionId>>,
) -> Result<Json<Inspection>, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.inspection(id).await?.ok_or(Failure::NotFound)?;
    who.may(reading(&who), Some(row.institution))?;
    if !visible(&who, &row) {
        return Err(Failure::NotFound);
    }
    Ok(Json(shown(&mut tx, row).await?))
}
