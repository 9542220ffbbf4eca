//! `POST /classes/{id}/sessions`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::ClassId, span::Span};
use duxue_storage::{class::Class, session::NewSession as Row, venue::Venue};
use jiff::SignedDuration;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::class::{NewSession, Session},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
    routes::violations::teaching_allowed,
};

/// Adds a teaching session; none on a day on which the institution is suspended (R7.5).
#[utoipa::path(
    post,
    path = "/classes/{id}/sessions",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewSession,
    responses((status = 201, description = "The session.", body = Session), WriteRefusals),
)]
pub async fn add_session(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewSession>,
) -> Result<(StatusCode, Json<Session>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::EditClass).await?;
    let venue = tx.venue(new.venue_id).await?;
    let span = check(&new, &class, venue.as_ref()).map_err(|problem| Failure::Invalid(vec![problem]))?;
    let now = app.now();
    let date = civil::date_of(span.start());
    teaching_allowed(&mut tx, class.institution.id, [date], "starts_at", &app.policy.policy).await?;
    let row = Row { id: new_id(now), class: id, venue: new.venue_id, date, span, created_at: now };
    tx.add_session(&row).await?;
    tx.audit(who.did(now, "add_session", "session", row.id, json!({ "class": id, "date": date })));
    let session = tx.session(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok((StatusCode::CREATED, Json(session.into())))
}

/// The session's time, if it lies on one of the class's days, in a room of its institution (R1.2).
fn check(new: &NewSession, class: &Class, venue: Option<&Venue>) -> Result<Span, FieldProblem> {
    let span = Span::new(new.starts_at, new.ends_at)
        .map_err(|_| FieldProblem::shape("ends_at", "下课时间须晚于上课时间。", "a session ends after it starts"))?;
    match venue {
        None => return Err(FieldProblem::shape("venue_id", "没有这个场地。", "there is no such venue")),
        Some(venue) if venue.institution.id != class.institution.id => {
            return Err(FieldProblem::rule(
                "venue_id",
                "R1.2",
                "只能在本机构的场地上课。",
                "lessons are held in the class's own institution's venues only",
            ));
        }
        Some(_) => {}
    }
    let date = civil::date_of(span.start());
    let last = span.end().checked_sub(SignedDuration::from_nanos(1)).unwrap_or(span.end());
    if civil::date_of(last) != date {
        return Err(FieldProblem::shape(
            "ends_at",
            "上课和下课须在同一天。",
            "a session ends on the day on which it starts",
        ));
    }
    if date < class.starts_on || date > class.ends_on {
        return Err(FieldProblem::rule(
            "starts_at",
            "R7.2b",
            format!("日期须在班期 {} 至 {} 之内。", class.starts_on, class.ends_on),
            format!("the class runs from {} to {}", class.starts_on, class.ends_on),
        ));
    }
    Ok(span)
}
