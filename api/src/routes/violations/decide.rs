//! `POST /violations/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::ViolationId,
    violation::{Verdict, VerdictRefusal, Word},
};
use duxue_storage::violation::{Case, CaseState};
use serde_json::json;

use super::{SUBJECT, said, shown_one};
use crate::{
    app::Shared,
    dto::violation::{NewVerdict, Violation},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Confirms or dismisses a charge, with the reason (R7.5).
#[utoipa::path(
    post,
    path = "/violations/{id}/decision",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewVerdict,
    responses((status = 200, description = "The violation as it is now.", body = Violation), WriteRefusals),
)]
pub async fn decide_violation(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(verdict): Body<NewVerdict>,
) -> Result<Json<Violation>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.violation(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ConfirmViolation, Some(row.institution.id))?;
    let Case::Open(charge) = row.case else {
        return Err(Failure::conflict("该违规已有处理决定。", "it was decided already"));
    };
    let now = app.now();
    let word = |why| Word { by: who.id(), at: now, why };
    let verdict = match verdict {
        NewVerdict::Confirmed { severity, reason } => {
            charge.confirm(who.actor, severity.into(), word(said("reason", &reason)?)).map(Verdict::Confirmed)
        }
        NewVerdict::Dismissed { reason } => {
            charge.dismiss(who.actor, word(said("reason", &reason)?)).map(Verdict::Dismissed)
        }
    };
    let verdict = verdict.map_err(refused)?;
    let outcome = if verdict.standing().is_some() { "confirmed" } else { "dismissed" };
    // Verdicts of one institution come one after the other, as its ladder counts them.
    tx.hold_institution(row.institution.id).await?;
    tx.decide_violation(CaseState::Open, &verdict, now).await?;
    tx.audit(who.did(now, "decide_violation", SUBJECT, id, json!({ "outcome": outcome })));
    let row = tx.violation(id).await?.ok_or(Failure::Internal)?;
    let answer = shown_one(&mut tx, &who, row).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

/// What the rules refuse, in HTTP.
pub(super) fn refused(refusal: VerdictRefusal) -> Failure {
    match refusal {
        VerdictRefusal::NoSupervisor | VerdictRefusal::NoManager => Failure::Forbidden,
        VerdictRefusal::NoGrounds => Failure::conflict("该违规没有依据。", "nothing shows it"),
        VerdictRefusal::TooEarly => Failure::conflict("撤回不得早于认定。", "it is withdrawn after it was confirmed"),
    }
}
