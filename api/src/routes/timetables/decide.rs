//! `POST /timetables/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::TimetableId, timetable::Submission};
use serde_json::json;

use super::{Standing, decided, follow::follow, reason};
use crate::{
    app::Shared,
    dto::timetable::{TeachingDecision, TeachingOutcome, Timetable},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Approves or refuses a timetable (R7.2a).
///
/// An approval makes the class's sessions in the same moment; what has begun already stays as it is. Where something is
/// wrong with the timetable, an approval says why it is given all the same.
#[utoipa::path(
    post,
    path = "/timetables/{id}/decision",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the timetable.")),
    request_body = TeachingDecision,
    responses((status = 200, description = "The timetable as decided.", body = Timetable), WriteRefusals),
)]
pub async fn decide_timetable(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<TimetableId>>,
    Body(decision): Body<TeachingDecision>,
) -> Result<Json<Timetable>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.timetable(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideTeaching, Some(row.institution))?;
    let reason = reason(&decision.reason)?;
    let (class, institution) = (row.class.id, row.institution);
    tx.hold_class(class).await?;
    let now = app.now();
    let policy = &app.policy.policy;
    let Submission::Submitted(submitted) = row.submission.clone() else { return Err(decided()) };
    let standing = Standing::of(&mut tx, row).await?;
    let detail = match decision.outcome {
        TeachingOutcome::Approved => {
            let findings = standing.check(&app, &mut tx, &standing.in_force).await?.findings;
            let found = findings.len();
            let approved = submitted.approve(findings, who.id(), now, reason);
            let approved = approved.map_err(|not_taken| Failure::missing(not_taken.against))?;
            tx.advance_timetable(&Submission::Approved(approved)).await?;
            let followed = follow(&mut tx, (class, institution), &standing.in_force, now, policy).await?;
            json!({ "class": class, "outcome": "approved", "findings": found, "followed": followed })
        }
        TeachingOutcome::Refused => {
            let refused = submitted.refuse(who.id(), now, reason);
            let refused = refused.map_err(|not_taken| Failure::missing(not_taken.against))?;
            tx.advance_timetable(&Submission::Refused(refused)).await?;
            json!({ "class": class, "outcome": "refused" })
        }
    };
    tx.audit(who.did(now, "decide_timetable", "timetable", id, detail));
    let row = tx.timetable(id).await?.ok_or(Failure::Internal)?;
    let answer = Standing::of(&mut tx, row).await?.answer(&app, &mut tx, now).await?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok(Json(answer))
}
