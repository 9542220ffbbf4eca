//! `POST /venue-approvals/{id}/withdrawal`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::VenueApprovalId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::approval::{VenueApproval, Withdrawal},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Withdraws the approval of a venue from a day on: lessons there are then not the notice's (R1.2).
#[utoipa::path(
    post,
    path = "/venue-approvals/{id}/withdrawal",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the approval.")),
    request_body = Withdrawal,
    responses((status = 200, description = "The approval as it is now.", body = VenueApproval), WriteRefusals),
)]
pub async fn withdraw_venue_approval(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<VenueApprovalId>>,
    Body(withdrawal): Body<Withdrawal>,
) -> Result<Json<VenueApproval>, Failure> {
    let mut tx = app.store.begin().await?;
    let approval = tx.venue_approval(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::EditCatalogue, Some(approval.institution))?;
    let Withdrawal { on, reason } = withdrawal;
    let reason = reason.trim();
    tx.withdraw_venue_approval(id, on, reason).await?;
    let detail = json!({ "venue": approval.venue.id, "on": on, "reason": reason });
    tx.audit(who.did(app.now(), "withdraw_venue_approval", "venue_approval", id, detail));
    let withdrawn = tx.venue_approval(id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok(Json(withdrawn.into()))
}
