//! `PUT /approval-lists/{year}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::InstitutionId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::approval::{ApprovalList, NewApprovalList},
    extract::{Body, Params, SignedIn, Year},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Writes the approval list of a year, whole (R1.1).
///
/// `revision` is the one that was read, 0 for a year without a list; who was slower gets a 409.
#[utoipa::path(
    put,
    path = "/approval-lists/{year}",
    tag = "Approvals",
    params(("year" = i16, Path, description = "The year.")),
    request_body = NewApprovalList,
    responses((status = 200, description = "The list as it is now.", body = ApprovalList), WriteRefusals),
)]
pub async fn put_approval_list(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Year { year }): Params<Year>,
    Body(new): Body<NewApprovalList>,
) -> Result<Json<ApprovalList>, Failure> {
    who.may(Action::EditCatalogue, None)?;
    let now = app.now();
    let lines: Vec<(InstitutionId, String)> =
        new.majors.into_iter().map(|line| (line.institution_id, line.major.trim().to_owned())).collect();
    let mut tx = app.store.begin().await?;
    let revision = tx.put_approval_list(year, new.revision, &lines, who.id(), now).await?;
    let detail = json!({ "revision": revision, "majors": lines.len() });
    tx.audit(who.did(now, "put_approval_list", "approval_list", year, detail));
    let list = tx.approval_list(year).await?.ok_or(Failure::Internal)?;
    let lines = tx.approved_majors(year, None).await?;
    tx.commit().await?;
    Ok(Json(ApprovalList::of(list, lines)))
}
