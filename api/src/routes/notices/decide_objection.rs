//! `POST /objections/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ObjectionId, notice_period::ObjectionOutcome};
use serde_json::json;

use super::{SUBJECT, shown};
use crate::{
    app::Shared,
    dto::notice::{Notice, ObjectionDecision},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Upholds or dismisses an objection, with the reason (R10.1). One that came in time and is upheld fells the notice.
#[utoipa::path(
    post,
    path = "/objections/{id}/decision",
    tag = "Notices",
    params(("id" = Uuid, Path, description = "Identity of the objection.")),
    request_body = ObjectionDecision,
    responses((status = 200, description = "The notice as it stands now.", body = Notice), WriteRefusals),
)]
pub async fn decide_objection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ObjectionId>>,
    Body(ObjectionDecision { outcome, reason }): Body<ObjectionDecision>,
) -> Result<Json<Notice>, Failure> {
    let mut tx = app.store.begin().await?;
    let objection = tx.objection(id).await?.ok_or(Failure::NotFound)?;
    let row = tx.notice(objection.notice).await?.ok_or(Failure::Internal)?;
    who.may(Action::PublishNotice, Some(row.institution.id))?;
    tx.hold_class(row.class.id).await?;
    if objection.outcome != ObjectionOutcome::Open {
        return Err(Failure::conflict("该异议已有处理结果。", "the objection was decided already"));
    }
    let now = app.now();
    tx.decide_objection(id, outcome.into(), who.id(), now, reason.trim()).await?;
    let detail = json!({ "objection": id, "outcome": outcome });
    tx.audit(who.did(now, "decide_objection", SUBJECT, row.id, detail));
    let answer = shown(&app, &mut tx, row, now, true).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
