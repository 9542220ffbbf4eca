//! `POST /timetable-changes/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ChangeRequestId, timetable::ChangeRequest};
use serde_json::json;

use super::{Standing, decided, follow::follow, reason};
use crate::{
    app::Shared,
    dto::timetable::{TeachingDecision, TeachingOutcome, TimetableChange},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Approves or refuses a change of the timetable (R7.2a).
///
/// Only before the first lesson that it concerns can it be approved; sessions follow in the same moment, and one that has
/// begun is neither moved nor deleted.
#[utoipa::path(
    post,
    path = "/timetable-changes/{id}/decision",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the request.")),
    request_body = TeachingDecision,
    responses((status = 200, description = "The request as decided.", body = TimetableChange), WriteRefusals),
)]
pub async fn decide_timetable_change(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ChangeRequestId>>,
    Body(decision): Body<TeachingDecision>,
) -> Result<Json<TimetableChange>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.timetable_change(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideTeaching, Some(row.institution))?;
    let reason = reason(&decision.reason)?;
    let (class, institution) = (row.request.change().class, row.institution);
    // Two changes that fit one by one need not fit together: the second sees the first.
    tx.hold_class(class).await?;
    let now = app.now();
    let timetable = tx.timetable(row.timetable).await?.ok_or(Failure::Internal)?;
    let standing = Standing::of(&mut tx, timetable).await?;
    let ChangeRequest::Requested(requested) = row.request else { return Err(decided()) };
    let detail = match decision.outcome {
        TeachingOutcome::Approved => {
            let approved = requested.approve(&standing.in_force, who.id(), now);
            let (approved, changed) = approved.map_err(|not_taken| Failure::missing(not_taken.against))?;
            tx.decide_timetable_change(&ChangeRequest::Approved(approved)).await?;
            let followed = follow(&mut tx, (class, institution), &changed, now, &app.policy.policy).await?;
            json!({ "class": class, "outcome": "approved", "followed": followed })
        }
        TeachingOutcome::Refused => {
            let refused = requested.refuse(who.id(), now, reason);
            let refused = refused.map_err(|not_taken| Failure::missing(not_taken.against))?;
            tx.decide_timetable_change(&ChangeRequest::Refused(refused)).await?;
            json!({ "class": class, "outcome": "refused" })
        }
    };
    tx.audit(who.did(now, "decide_timetable_change", "timetable_change", id, detail));
    let kept = tx.timetable_change(id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok(Json(TimetableChange::of(kept, Vec::new())))
}
