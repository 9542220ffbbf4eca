//! `GET /approval-lists/{year}`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::approval::ApprovalList,
    extract::{Params, SignedIn, Year},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the approval list of a year (R1.1).
#[utoipa::path(
    get,
    path = "/approval-lists/{year}",
    tag = "Approvals",
    params(("year" = i16, Path, description = "The year.")),
    responses((status = 200, description = "The list.", body = ApprovalList), ReadRefusals),
)]
pub async fn show_approval_list(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Year { year }): Params<Year>,
) -> Result<Json<ApprovalList>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let mut tx = app.store.read().await?;
    let list = tx.approval_list(year).await?.ok_or(Failure::NotFound)?;
    let lines = tx.approved_majors(year, whose).await?;
    Ok(Json(ApprovalList::of(list, lines)))
}
