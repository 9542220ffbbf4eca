//! `GET /classes/{id}/supervision`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::ClassId,
    supervision::{
        MeansUse, SignedRemote, SignedSheet, means, means_finding, remote_findings, remote_weeks, visits,
        visits_finding,
    },
};

use crate::{
    app::Shared,
    dto::supervision::SupervisionStanding,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells how a class's supervision stands today: week by week (R7.4a), its inspections (R7.4b), its means (R7.4c).
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
    who.class(&mut tx, id, Action::ReadSupervision).await?;
    let training_days = tx.training_days(id).await?;
    let records: Vec<_> = tx.remote_supervisions(id).await?.into_iter().map(|row| row.signed).collect();
    let sheets = tx.signed_sheets(id).await?;
    let uses: Vec<MeansUse> =
        records.iter().map(SignedRemote::means_use).chain(sheets.iter().map(SignedSheet::means_use)).collect();
    let now = app.now();
    let (today, policy) = (civil::date_of(now), &app.policy.policy);
    let weeks = remote_weeks(id, &training_days, &records, today, policy);
    let visits = visits(id, &training_days, &sheets, today, policy);
    let means = means(&training_days, &uses, today, policy);
    let missed = visits.as_ref().and_then(|visits| visits_finding(id, visits));
    let too_few = means.as_ref().and_then(|means| means_finding(id, means));
    let findings = remote_findings(id, &weeks).into_iter().chain(missed).chain(too_few).map(Into::into).collect();
    Ok(Json(SupervisionStanding {
        weeks: weeks.into_iter().map(Into::into).collect(),
        visits: visits.map(Into::into),
        means: means.map(Into::into),
        findings,
        at: now,
    }))
}
