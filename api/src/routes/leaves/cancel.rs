//! `POST /leaves/{id}/cancellation`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::LeaveId};
use serde_json::json;

use super::SUBJECT;
use crate::{
    app::Shared,
    dto::leave::{Leave, LeaveCancellation},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Cancels a leave that was a mistake, or whose student came. It stays on record and explains no absence any more.
#[utoipa::path(
    post,
    path = "/leaves/{id}/cancellation",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the leave.")),
    request_body = LeaveCancellation,
    responses((status = 200, description = "The leave.", body = Leave), WriteRefusals),
)]
pub async fn cancel_leave(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<LeaveId>>,
    Body(LeaveCancellation { reason }): Body<LeaveCancellation>,
) -> Result<Json<Leave>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.leave(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::KeepAttendance, Some(row.institution))?;
    let now = app.now();
    tx.cancel_leave(id, now, who.id(), reason.trim()).await?;
    tx.audit(who.did(now, "cancel_leave", SUBJECT, id, json!({ "class": row.class })));
    let row = tx.leave(id).await?.ok_or(Failure::Internal)?;
    let names = load::student_names(&mut tx, row.class).await?;
    tx.commit().await?;
    Ok(Json(Leave::of(row, &names)))
}
