//! `GET /classes/{id}/supervision`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::ClassId,
    supervision::{remote_findings, remote_weeks},
};

use crate::{
    app::Shared,
    dto::supervision::SupervisionStanding,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells how a class's supervision stands today, week by week (R7.4a).
///
/// A week counts by the days on which the class has sessions.
#[utoipa::path(
    get,
    path = "/classes/{id}/supervision",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "How it stands.", body = SupervisionStanding), ReadRefusals),
)]
pub async fn show_supervision(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<SupervisionStanding>, Failure> {
    let mut tx = app.store.read().await?;
    let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadSupervision, Some(class.institution.id))?;
    let training_days = tx.training_days(id).await?;
    let records: Vec<_> = tx.remote_supervisions(id).await?.into_iter().map(|row| row.signed).collect();
    let now = app.now();
    let weeks = remote_weeks(id, &training_days, &records, civil::date_of(now), &app.policy.policy);
    let findings = remote_findings(id, &weeks).into_iter().map(Into::into).collect();
    Ok(Json(SupervisionStanding { weeks: weeks.into_iter().map(Into::into).collect(), findings, at: now }))
}
