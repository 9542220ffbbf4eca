//! `GET /classes/{id}/days/{date}`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::StudentId};
use duxue_storage::{Tx, clip::ClipFilter, session::Session};

use crate::{
    app::Shared,
    dto::{
        class_day::{ClassDay, DaySession},
        finding::Finding,
        recording::Coverage,
        refs::{CameraRef, ClassRef},
        summary::SessionSummary,
    },
    extract::{ClassDate, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a class on a day.
#[utoipa::path(
    get,
    path = "/classes/{id}/days/{date}",
    tag = "Days",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date),
    ),
    responses((status = 200, description = "The day.", body = ClassDay), ReadRefusals),
)]
pub async fn show_day(
    State(app): State<Shared>,
    who: SignedIn,
    Params(ClassDate { id, date }): Params<ClassDate>,
) -> Result<Json<ClassDay>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let judged = who.can(Action::ReadFinding, Some(class.institution.id));
    let rows = tx.sessions_of_class_on(id, date).await?;
    let mut clips = Vec::new();
    for session in &rows {
        clips.extend(load::clips(&mut tx, ClipFilter { session: Some(session.id), ..ClipFilter::default() }).await?);
    }
    let names = if judged { load::student_names(&mut tx, id).await? } else { HashMap::new() };
    let findings = if judged { tx.findings_of_class_on(id, date).await? } else { Vec::new() };
    let frame_cameras = load::frame_cameras(&mut tx, &findings).await?;
    let (mut sessions, mut coverage) = (Vec::new(), Vec::new());
    for row in rows {
        let cameras = cameras(&mut tx, &row).await?;
        for camera in &cameras {
            let parts = load::coverage(&app, &mut tx, camera.id, row.span).await?;
            coverage.push(Coverage { camera: camera.clone(), session_id: row.id, parts });
        }
        sessions.push(session(&mut tx, row, cameras, judged.then_some(&names)).await?);
    }
    Ok(Json(ClassDay {
        class: ClassRef { id, name: class.name },
        institution: class.institution.into(),
        date,
        sessions,
        report: tx.report(id, date).await?.map(Into::into),
        findings: findings.into_iter().map(|finding| Finding::of(finding, &names, &frame_cameras)).collect(),
        coverage,
        clips: load::with_policies(&mut tx, clips).await?,
    }))
}

/// The cameras that hang in the session's room, or hung there while it was held.
async fn cameras(tx: &mut Tx, session: &Session) -> Result<Vec<CameraRef>, Failure> {
    let rows = tx.cameras_of_venue(session.venue.id).await?;
    let there = rows.into_iter().filter(|camera| {
        camera.removed_at.is_none_or(|at| at > session.span.start()) && camera.created_at < session.span.end()
    });
    Ok(there.map(|camera| CameraRef { id: camera.id, name: camera.name }).collect())
}

/// A session, with what was made of its pictures when `names` are given.
async fn session(
    tx: &mut Tx,
    row: Session,
    cameras: Vec<CameraRef>,
    names: Option<&HashMap<StudentId, String>>,
) -> Result<DaySession, Failure> {
    let (mut summary, mut series) = (None, Vec::new());
    if let Some(names) = names
        && let Some(stored) = tx.summary(row.id).await?
    {
        series = stored.summary.series.iter().map(|&point| point.into()).collect();
        summary = Some(SessionSummary::of(stored.summary, names));
    }
    Ok(DaySession {
        id: row.id,
        venue: row.venue.into(),
        cameras,
        starts_at: row.span.start(),
        ends_at: row.span.end(),
        summary,
        series,
    })
}
