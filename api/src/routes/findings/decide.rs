//! `POST /findings/{id}/decision`

use std::slice;

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::FindingId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::finding::{Finding, NewDecision},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Confirms or dismisses a finding, with the reason.
///
/// Only an open finding can be decided, and only once.
#[utoipa::path(
    post,
    path = "/findings/{id}/decision",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding.")),
    request_body = NewDecision,
    responses((status = 200, description = "The finding as it is now.", body = Finding), WriteRefusals),
)]
pub async fn decide_finding(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<FindingId>>,
    Body(NewDecision { outcome, reason }): Body<NewDecision>,
) -> Result<Json<Finding>, Failure> {
    let mut tx = app.store.begin().await?;
    let finding = tx.finding(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideFinding, Some(finding.institution))?;
    let reason = reason.trim();
    if reason.is_empty() {
        let (zh, en) = ("请填写理由。", "say why, in a word at least");
        return Err(Failure::Invalid(vec![FieldProblem::rule("reason", "R7.1x", zh, en)]));
    }
    let now = app.now();
    tx.decide_finding(id, outcome.into(), who.id(), now, reason).await?;
    tx.audit(who.did(now, "decide_finding", "finding", id, json!({ "outcome": outcome, "reason": reason })));
    let finding = tx.finding(id).await?.ok_or(Failure::Internal)?;
    let names = load::student_names(&mut tx, finding.class.id).await?;
    let cameras = load::frame_cameras(&mut tx, slice::from_ref(&finding)).await?;
    tx.commit().await?;
    Ok(Json(Finding::of(finding, &names, &cameras)))
}
