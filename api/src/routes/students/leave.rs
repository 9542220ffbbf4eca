//! `POST /students/{id}/departure`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::StudentId};
use duxue_storage::departure::NewDeparture as Row;
use serde_json::json;

use super::owner;
use crate::{
    app::Shared,
    dto::student_papers::{Departure, NewDeparture},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Records that a student left the class 中途退出.
///
/// From that day on they are on no roster; their line, papers and records stay. Their face templates are deleted at once.
#[utoipa::path(
    post,
    path = "/students/{id}/departure",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body = NewDeparture,
    responses((status = 201, description = "They left.", body = Departure), WriteRefusals),
)]
pub async fn leave_class(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Body(new): Body<NewDeparture>,
) -> Result<(StatusCode, Json<Departure>), Failure> {
    let mut tx = app.store.begin().await?;
    let (_, institution) = owner(&mut tx, id).await?;
    who.may(Action::EditRoster, Some(institution))?;
    let now = app.now();
    if new.on > civil::date_of(now) {
        return Err(Failure::field("on", "退出日期不得晚于今天。", "the day lies ahead"));
    }
    let row = Row {
        student: id,
        left_on: new.on,
        reason: new.reason.trim().to_owned(),
        recorded_at: now,
        recorded_by: who.id(),
    };
    let templates = tx.add_departure(&row).await?;
    let detail = json!({ "on": row.left_on, "reason": row.reason, "templates_deleted": templates });
    tx.audit(who.did(now, "leave_class", "student", id, detail));
    let departure = tx.departure(id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok((StatusCode::CREATED, Json(departure.into())))
}
