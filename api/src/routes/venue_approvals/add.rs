//! `POST /venues/{id}/approvals`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::VenueId};
use duxue_storage::venue_approval::NewVenueApproval as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::approval::{NewVenueApproval, VenueApproval},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Records that the bureau verified a venue on site (R1.2).
#[utoipa::path(
    post,
    path = "/venues/{id}/approvals",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the venue.")),
    request_body = NewVenueApproval,
    responses((status = 201, description = "The approval.", body = VenueApproval), WriteRefusals),
)]
pub async fn add_venue_approval(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<VenueId>>,
    Body(new): Body<NewVenueApproval>,
) -> Result<(StatusCode, Json<VenueApproval>), Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let institution = tx.venue(id).await?.ok_or(Failure::NotFound)?.institution.id;
    who.may(Action::EditCatalogue, Some(institution))?;
    let mut wrong: Vec<FieldProblem> =
        named_file::problem(&mut tx, &who, institution, ("file_id", new.file_id)).await?.into_iter().collect();
    if new.approved_on > civil::date_of(now) {
        wrong.push(FieldProblem::shape("approved_on", "批准日期不得晚于今天。", "the approval's day lies ahead"));
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let row = Row {
        id: new_id(now),
        venue: id,
        approved_on: new.approved_on,
        file: new.file_id,
        created_at: now,
        created_by: who.id(),
    };
    tx.add_venue_approval(&row).await?;
    let detail = json!({ "venue": id, "approved_on": row.approved_on, "file": row.file });
    tx.audit(who.did(now, "add_venue_approval", "venue_approval", row.id, detail));
    let added = tx.venue_approval(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(added.into())))
}
