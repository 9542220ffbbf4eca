//! `POST /timetables/{id}/changes`

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::TimetableId,
    timetable::{Change, ChangeRequest, Submission},
};
use serde_json::json;

use super::{Standing, lessons::lessons, reason};
use crate::{
    app::{Shared, new_id},
    dto::{
        refs::Text,
        timetable::{NewTimetableChange, TimetableChange},
    },
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Asks for a change of the timetable, before the lessons that it concerns, with the reason (R7.2a).
#[utoipa::path(
    post,
    path = "/timetables/{id}/changes",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the timetable.")),
    request_body = NewTimetableChange,
    responses((status = 201, description = "It lies with the centre.", body = TimetableChange), WriteRefusals),
)]
pub async fn request_timetable_change(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<TimetableId>>,
    Body(new): Body<NewTimetableChange>,
) -> Result<(StatusCode, Json<TimetableChange>), Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.timetable(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::PlanTeaching, Some(row.institution))?;
    if !matches!(row.submission, Submission::Approved(_)) {
        let text = Text::new("课程表尚未经中心同意。", "The timetable is not in force; hand in another instead.");
        return Err(Failure::Conflict { field: None, text });
    }
    let now = app.now();
    let (class, institution) = (row.class.id, row.institution);
    tx.hold_class(class).await?;
    let standing = Standing::of(&mut tx, row).await?;
    let venues = load::venues(&mut tx, Some(institution)).await?.into_iter().map(|venue| venue.id).collect();
    let withdrawn: BTreeSet<_> = new.withdrawn.into_iter().collect();
    let added = lessons("added", new.added, &venues, &withdrawn, now)?;
    let change = Change { id: new_id(now), class, withdrawn, added, reason: reason(&new.reason)? };
    let requested = change.request(&standing.in_force, who.id(), now);
    let requested = requested.map_err(|not_taken| Failure::missing(not_taken.against))?;
    let change = requested.change.id;
    tx.add_timetable_change(id, &ChangeRequest::Requested(requested)).await?;
    let detail = json!({ "class": class, "timetable": id });
    tx.audit(who.did(now, "request_timetable_change", "timetable_change", change, detail));
    let kept = tx.timetable_change(change).await?.ok_or(Failure::Internal)?;
    let found = standing.check(&app, &mut tx, &standing.in_force).await?.findings;
    let consequences = standing.consequences(&app, &mut tx, &kept.request, &found, now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(TimetableChange::of(kept, consequences))))
}
