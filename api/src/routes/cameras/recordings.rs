//! `GET /cameras/{id}/recordings`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, civil, ids::CameraId};

use crate::{
    app::Shared,
    dto::{
        page::DayQuery,
        recording::{RecordedSession, Recordings},
    },
    extract::{Filter, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Says what of a day is recorded and what is missing, and why.
#[utoipa::path(
    get,
    path = "/cameras/{id}/recordings",
    tag = "Recordings",
    params(("id" = Uuid, Path, description = "Identity of the camera."), DayQuery),
    responses((status = 200, description = "The day.", body = Recordings), ReadRefusals),
)]
pub async fn list_recordings(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Filter(DayQuery { date }): Filter<DayQuery>,
) -> Result<Json<Recordings>, Failure> {
    let mut tx = app.store.read().await?;
    // A removed camera's footage is still there.
    let camera = tx.camera(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::WatchRecording, Some(camera.institution.id))?;
    let day =
        civil::day(date).ok_or_else(|| Failure::parameter("date", "日期超出范围。", "the date is out of range"))?;
    let parts = load::coverage(&app, &mut tx, id, day).await?;
    let sessions = tx.sessions_of_venue_in(camera.venue.id, day).await?;
    let session = |row: duxue_storage::session::Session| RecordedSession {
        id: row.id,
        class_name: row.class.name,
        starts_at: row.span.start(),
        ends_at: row.span.end(),
    };
    Ok(Json(Recordings { date, parts, sessions: sessions.into_iter().map(session).collect() }))
}
