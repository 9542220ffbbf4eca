//! `POST /violations/{id}/withdrawal`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::ViolationId,
    violation::{Verdict, VerdictRefusal, Word},
};
use duxue_storage::violation::{Case, CaseState};
use serde_json::json;

use super::{SUBJECT, decide::refused, said, shown_one};
use crate::{
    app::Shared,
    dto::violation::{NewWithdrawal, Violation},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Takes a confirmation back, such as after an appeal; a manager of the centre does. The record stays.
#[utoipa::path(
    post,
    path = "/violations/{id}/withdrawal",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewWithdrawal,
    responses((status = 200, description = "The violation as it is now.", body = Violation), WriteRefusals),
)]
pub async fn withdraw_violation(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(NewWithdrawal { reason }): Body<NewWithdrawal>,
) -> Result<Json<Violation>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.violation(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ConfirmViolation, Some(row.institution.id))?;
    if !who.actor.manages_centre() {
        return Err(refused(VerdictRefusal::NoManager));
    }
    let Case::Decided(Verdict::Confirmed(confirmed)) = row.case else {
        return Err(Failure::conflict("只有已认定的违规才能撤回。", "only a confirmed violation is withdrawn"));
    };
    tx.hold_institution(row.institution.id).await?;
    let now = app.now();
    let word = Word { by: who.id(), at: now, why: said("reason", &reason)? };
    let verdict = Verdict::Withdrawn(confirmed.withdraw(who.actor, word).map_err(refused)?);
    tx.decide_violation(CaseState::Confirmed, &verdict, now).await?;
    tx.audit(who.did(now, "withdraw_violation", SUBJECT, id, json!({})));
    let row = tx.violation(id).await?.ok_or(Failure::Internal)?;
    let answer = shown_one(&mut tx, &who, row).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
