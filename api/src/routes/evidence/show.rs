//! `GET /classes/{id}/evidence`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::judge;
use crate::{
    app::Shared,
    dto::evidence::{EvidenceStanding, EvidenceSummary},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells how a class's video evidence stands, day by day, and what is planned (R9.1, R9.2).
#[utoipa::path(
    get,
    path = "/classes/{id}/evidence",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "How it stands.", body = EvidenceStanding), ReadRefusals),
)]
pub async fn show_evidence(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<EvidenceStanding>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClip).await?;
    let (now, policy) = (app.now(), &app.policy.policy);
    let judged = judge(&mut tx, id, now, policy).await?;
    let named = duxue_storage::Named { id: class.id, name: class.name };
    let summary = EvidenceSummary::of(named.into(), class.institution.into(), &judged.check, &judged.plan);
    let facts = (judged.days.as_slice(), judged.clips.as_slice());
    Ok(Json(EvidenceStanding::of(summary, facts, (judged.check, &judged.plan), policy, now)))
}
