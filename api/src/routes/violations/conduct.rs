//! `GET /institutions/{id}/violations`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::InstitutionId,
    violation::{may_teach, measures_findings},
};

use super::{History, shown};
use crate::{
    app::Shared,
    dto::{refs::InstitutionRef, violation::Conduct},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Tells how an institution stands: its violations, what they bring on, and whether it may teach today (R7.5).
///
/// An institution's people see their own; which findings and sheets show a violation is the centre's.
#[utoipa::path(
    get,
    path = "/institutions/{id}/violations",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the institution.")),
    responses((status = 200, description = "How it stands.", body = Conduct), ReadRefusals),
)]
pub async fn show_conduct(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<InstitutionId>>,
) -> Result<Json<Conduct>, Failure> {
    let mut tx = app.store.read().await?;
    let institution = tx.institution(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadConduct, Some(id))?;
    let history = History::of(&mut tx, id, &app.policy.policy).await?;
    let (now, measures) = (app.now(), history.measures());
    let may = may_teach(id, civil::date_of(now), &history.suspensions, &history.ladder);
    Ok(Json(Conduct {
        institution: InstitutionRef { id, name: institution.name },
        may_teach: may.may,
        reasons: may.reasons.into_iter().map(Into::into).collect(),
        findings: measures_findings(&measures).into_iter().map(Into::into).collect(),
        measures: measures.into_iter().map(Into::into).collect(),
        suspensions: history.suspensions.iter().map(Into::into).collect(),
        violations: shown(&mut tx, &who, history.violations).await?,
        at: now,
    }))
}
