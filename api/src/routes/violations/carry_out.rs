//! `POST /violations/{id}/measures`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::ViolationId,
    violation::{Carried, MeasureKind, measures},
};
use serde_json::json;

use super::{History, SUBJECT, happened, said};
use crate::{
    app::Shared,
    dto::violation::{Measure, NewMeasure},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Records that a measure was carried out: a warning, an interview, a case handed to the judiciary (R7.5).
#[utoipa::path(
    post,
    path = "/violations/{id}/measures",
    tag = "Violations",
    params(("id" = Uuid, Path, description = "Identity of the violation.")),
    request_body = NewMeasure,
    responses((status = 201, description = "The measure as it is now.", body = Measure), WriteRefusals),
)]
pub async fn carry_out_measure(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ViolationId>>,
    Body(NewMeasure { kind, on, note }): Body<NewMeasure>,
) -> Result<(StatusCode, Json<Measure>), Failure> {
    let mut tx = app.store.begin().await?;
    let institution = tx.violation(id).await?.ok_or(Failure::NotFound)?.institution.id;
    who.may(Action::ConfirmViolation, Some(institution))?;
    let note = said("note", &note)?;
    // The ladder must not change between the look at it and what is written.
    tx.hold_institution(institution).await?;
    let (now, kind) = (app.now(), MeasureKind::from(kind));
    happened(on, civil::date_of(now))?;
    let History { ladder, .. } = History::of(&mut tx, institution, &app.policy.policy).await?;
    let due = ladder.iter().find(|measure| (measure.violation, measure.kind) == (id, kind));
    let Some(due) = due.copied() else {
        let (zh, en) = ("该违规没有此项待执行的措施。", "this violation brings on no such measure");
        return Err(Failure::Invalid(vec![FieldProblem::rule("kind", "R7.5", zh, en)]));
    };
    if on < due.since {
        let zh = format!("执行日期不得早于认定之日 {}。", due.since);
        let en = format!("it was confirmed on {}, and is carried out from then on", due.since);
        return Err(Failure::Invalid(vec![FieldProblem::rule("on", "R7.5", zh, en)]));
    }
    let carried = Carried { violation: id, kind, on, by: who.id(), note };
    tx.add_measure(&carried, app.policy.version).await?;
    let detail = json!({ "kind": kind, "number": due.number, "on": on, "policy": app.policy.version });
    tx.audit(who.did(now, "carry_out_measure", SUBJECT, id, detail));
    tx.commit().await?;
    let state = measures(&[due], &[carried], &[]).pop().ok_or(Failure::Internal)?;
    Ok((StatusCode::CREATED, Json(state.into())))
}
