//! `POST /classes/{id}/subsidies`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId, subsidy};
use duxue_storage::subsidy::{NewSubsidy, Reckoning};
use serde_json::json;

use super::{SUBJECT, facts::Current, facts::current};
use crate::{
    app::{Shared, new_id},
    dto::subsidy::Subsidy,
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Reckons a class's subsidy from what is on record now: a line a student, each with its reasons (R9.4).
///
/// What stands before payment is told beside the amounts: an annex that is missing, clips that are not enough, a spot check
/// that is open or differs, findings of the class that nobody has decided. Every reckoning stays; the newest counts.
#[utoipa::path(
    post,
    path = "/classes/{id}/subsidies",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 201, description = "The reckoning.", body = Subsidy), WriteRefusals),
)]
pub async fn reckon_subsidy(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<(StatusCode, Json<Subsidy>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::ReckonSubsidy).await?;
    tx.hold_class(id).await?;
    let (now, policy) = (app.now(), &app.policy);
    let Current { standard, claim, claimed } = current(&app, &mut tx, &class, now).await?;
    let subsidy = subsidy::reckon(&claimed).map_err(|error| {
        tracing::error!(class.id = %id, %error, "a subsidy cannot be reckoned");
        Failure::Internal
    })?;
    let detail = json!({
        "class": id, "total_fen": subsidy.total.fen(), "payable": subsidy.is_payable(), "policy": policy.version,
    });
    let row = NewSubsidy {
        id: new_id(now),
        class: id,
        standard,
        claim,
        reckoning: Reckoning { claim: claimed, subsidy },
        policy_version: policy.version,
        reckoned_by: who.id(),
        reckoned_at: now,
    };
    tx.add_subsidy(&row).await?;
    tx.audit(who.did(now, "reckon_subsidy", SUBJECT, row.id, detail));
    let kept = tx.subsidy(row.id).await?.ok_or(Failure::Internal)?;
    let answer = Subsidy::of(kept, &load::student_names(&mut tx, id).await?);
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
