//! `POST /classes/{id}/opening/decision`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, civil, ids::ClassId, opening::Opening};

use super::{Taken, at_revision, elsewhere, keep};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::OpeningDecision},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// The centre approves the application or sends it back with a reason (R6.2); the filing stands.
#[utoipa::path(
    post,
    path = "/classes/{id}/opening/decision",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = OpeningDecision,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn decide_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(decision): Body<OpeningDecision>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::ReviewFiling, decision.revision).await?;
    let Opening::Applied(applied) = dossier.opening.clone() else { return Err(elsewhere(&dossier)) };
    let readiness = dossier.readiness.clone();
    let taken = if decision.approved {
        let approved = applied.approve(who.id(), civil::date_of(now));
        Taken { readiness, ..Taken::plain(Opening::Approved(approved), "approve_opening") }
    } else {
        let reason = decision.reason.unwrap_or_default().trim().to_owned();
        if !(1..=2000).contains(&reason.chars().count()) {
            let (zh, en) = ("请说明退回的理由（1 至 2000 个字符）。", "say why it goes back, in 1 to 2000 characters");
            return Err(Failure::field("reason", zh, en));
        }
        let taken = Taken::plain(Opening::Filed(applied.send_back()), "send_back_opening");
        Taken { readiness, sent_back_because: Some(reason), ..taken }
    };
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}
