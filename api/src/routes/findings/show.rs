//! `GET /findings/{id}`

use std::slice;

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::FindingId};

use crate::{
    app::Shared,
    dto::finding::Finding,
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows one finding.
#[utoipa::path(
    get,
    path = "/findings/{id}",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding.")),
    responses((status = 200, description = "The finding.", body = Finding), ReadRefusals),
)]
pub async fn show_finding(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<FindingId>>,
) -> Result<Json<Finding>, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.finding(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadFinding, Some(row.institution))?;
    let names = load::student_names(&mut tx, row.class.id).await?;
    let cameras = load::frame_cameras(&mut tx, slice::from_ref(&row)).await?;
    Ok(Json(Finding::of(row, &names, &cameras)))
}
