//! `GET /cameras/{id}/health` and `/cameras/{id}/health.html`

use axum::{Json, extract::State, response::Response};
use duxue_rules::{
    access::Action,
    civil, coverage,
    ids::CameraId,
    opening::health::{Taught, day, so_far},
    span::Span,
};
use duxue_storage::{
    Tx,
    camera::Camera as Row,
    look::{CameraSession, KeptPicture},
    session::Session,
};
use jiff::{ToSpan, civil::Date};
use serde_json::json;

use crate::{
    app::Shared,
    dto::{
        health::{CameraHealth, CameraReference, HealthDay, HealthPicture, HealthQuery},
        refs::{CameraRef, InstitutionRef, VenueRef},
    },
    extract::{Filter, Id, Params, SignedIn},
    forms::{Pictured, as_illustrated_page, health as form},
    problem::Failure,
    refusals::ReadRefusals,
};

/// The most days at once.
const DAYS: i32 = 31;
/// The most pictures of a printed report: of more, the newest.
const PRINTED: usize = 12;

/// Says how a camera's teaching days were: the four measures of R2.2 as numbers, for how much of each day they were good
/// enough, what was missing and why.
#[utoipa::path(
    get,
    path = "/cameras/{id}/health",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera."), HealthQuery),
    responses((status = 200, description = "Day by day.", body = CameraHealth), ReadRefusals),
)]
pub async fn show_camera_health(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Filter(query): Filter<HealthQuery>,
) -> Result<Json<CameraHealth>, Failure> {
    let mut tx = app.store.read().await?;
    Ok(Json(health(&app, &mut tx, &who, id, &query).await?))
}

/// Prints the same for the opening dossier: a page, with the pictures for who may see recordings.
///
/// Reading the pictures is logged.
#[utoipa::path(
    get,
    path = "/cameras/{id}/health.html",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera."), HealthQuery),
    responses((status = 200, description = "The report.", body = String, content_type = "text/html"), ReadRefusals),
)]
pub async fn print_camera_health(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Filter(query): Filter<HealthQuery>,
) -> Result<Response, Failure> {
    let mut tx = app.store.read().await?;
    let health = health(&app, &mut tx, &who, id, &query).await?;
    let mut pictures = Vec::new();
    if who.can(Action::WatchRecording, Some(health.institution.id)) {
        let days = span(&query)?;
        let kept = tx.camera_sessions(id, days).await?;
        drop(tx);
        pictures = printed_pictures(&app, &kept).await;
    }
    if !pictures.is_empty() {
        let detail = json!({ "from": query.from, "to": query.to, "pictures": pictures.len() });
        app.log_reading(&who, "print_camera_health", "camera", id.0, detail).await?;
    }
    as_illustrated_page(&form(&health, query.from, query.to, app.now()), &pictures)
}

async fn health(
    app: &Shared,
    tx: &mut Tx,
    who: &SignedIn,
    id: CameraId,
    query: &HealthQuery,
) -> Result<CameraHealth, Failure> {
    // The days of a removed camera are still there.
    let camera = tx.camera(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadCameraHealth, Some(camera.institution.id))?;
    let may = |action| who.can(action, Some(camera.institution.id));
    let sight = Sight { look: may(Action::WatchRecording), count: may(Action::ReadFinding) };
    span(query)?;
    let mut days = Vec::new();
    let mut date = query.from;
    while date <= query.to {
        days.extend(one_day(app, tx, &camera, date, sight).await?);
        date = date.checked_add(1.day()).map_err(|_| Failure::Internal)?;
    }
    let reference = tx.reference(id).await?;
    Ok(CameraHealth {
        camera: CameraRef { id, name: camera.name },
        venue: VenueRef { id: camera.venue.id, name: camera.venue.name },
        institution: InstitutionRef { id: camera.institution.id, name: camera.institution.name },
        thresholds: (&app.policy.policy).into(),
        reference: reference.map(|reference| CameraReference::of(&reference, sight.look)),
        days,
    })
}

/// What of a day its reader is told besides the numbers of the camera.
#[derive(Clone, Copy)]
struct Sight {
    /// The pictures.
    look: bool,
    /// How many people there were, by which an institution could learn what its reports are held against.
    count: bool,
}

/// The wanted days as one span.
fn span(HealthQuery { from, to }: &HealthQuery) -> Result<Span, Failure> {
    let days = from.until(*to).map_or(i32::MAX, |until| until.get_days());
    if !(0..DAYS).contains(&days) {
        let (zh, en) = ("起止日期应为 1 至 31 天。", "from `from` to `to` there are 1 to 31 days");
        return Err(Failure::parameter("to", zh, en));
    }
    let ends = (civil::day(*from), civil::day(*to));
    let (Some(first), Some(last)) = ends else {
        return Err(Failure::parameter("from", "日期超出范围。", "the date is out of range"));
    };
    Span::new(first.start(), last.end()).map_err(|_| Failure::Internal)
}

async fn one_day(
    app: &Shared,
    tx: &mut Tx,
    camera: &Row,
    date: Date,
    sight: Sight,
) -> Result<Option<HealthDay>, Failure> {
    let Some(whole) = civil::day(date) else { return Ok(None) };
    let sessions = tx.sessions_of_venue_in(camera.venue.id, whole).await?;
    let mut taught = Vec::new();
    let mut samples = Vec::new();
    let mut pictures = Vec::new();
    for session in sessions.iter().filter(|session| session.date == date) {
        let Some(span) = so_far(session.span, app.now()) else { continue };
        let mut lesson = one_lesson(app, tx, camera.id, session, span).await?;
        lesson.seen = lesson.seen.filter(|_| sight.count);
        taught.push(lesson);
        let seen = tx.observations_of_camera(camera.id, span).await?;
        samples.extend(seen.into_iter().filter(|seen| seen.session == session.id));
        if let Some(known) = tx.camera_session(camera.id, session.id).await? {
            for kept in known.pictures {
                let url = format!("/api/v1/cameras/{}/days/{date}/{}.jpg", camera.id, pictures.len());
                pictures.push(HealthPicture {
                    rank: kept.rank.into(),
                    at: kept.at,
                    session_id: session.id,
                    url: sight.look.then_some(url),
                });
            }
        }
    }
    let day = day(camera.id, &taught, &samples, &app.policy.policy);
    Ok(day.map(|day| HealthDay::of(date, day, pictures)))
}

async fn one_lesson(
    app: &Shared,
    tx: &mut Tx,
    camera: CameraId,
    session: &Session,
    span: Span,
) -> Result<Taught, Failure> {
    let (recorded, outages) = tx.coverage_in(camera, span).await?;
    let mut until = app.now();
    if app.cameras.status(camera).is_some_and(|status| status.recording)
        && let Some(closed) = tx.recorded_until(camera).await?
    {
        // What is being recorded has no segment before it closes, and is not missing.
        until = until.min(closed);
    }
    let span = so_far(span, until).unwrap_or(span);
    let parts = coverage::account(span, &recorded, &outages, until);
    let segments = tx.segments_in(camera, span).await?.into_iter().map(|row| (row.span, row.bytes)).collect();
    let report = tx.report(session.class.id, session.date).await?;
    let expected = match report {
        Some(report) => report.report.present,
        None => u32::try_from(tx.roster(session.class.id, session.date, "").await?.len()).unwrap_or(u32::MAX),
    };
    let summary = tx.summary(session.id).await?;
    let enough =
        |summary: &duxue_rules::crosscheck::SessionSummary| summary.samples >= app.policy.policy.crosscheck_min_samples;
    let seen = summary.map(|summary| summary.summary).filter(enough).map(|summary| summary.people.likely);
    Ok(Taught { span, parts, segments, expected, seen })
}

/// The pictures that are kept of a day, in the order in which the health report names them.
pub(super) async fn pictures_of(tx: &mut Tx, camera: &Row, date: Date) -> Result<Vec<KeptPicture>, Failure> {
    let Some(whole) = civil::day(date) else { return Ok(Vec::new()) };
    let mut pictures = Vec::new();
    for session in tx.sessions_of_venue_in(camera.venue.id, whole).await? {
        if session.date == date
            && let Some(known) = tx.camera_session(camera.id, session.id).await?
        {
            pictures.extend(known.pictures);
        }
    }
    Ok(pictures)
}

async fn printed_pictures(app: &Shared, kept: &[CameraSession]) -> Vec<Pictured> {
    let mut pictures: Vec<&KeptPicture> = kept.iter().flat_map(|session| &session.pictures).collect();
    pictures.sort_by_key(|picture| (picture.at, picture.observation));
    let mut printed = Vec::new();
    for picture in pictures.into_iter().rev().take(PRINTED).rev() {
        // One that cannot be read is left out; its line in the table stays.
        if let Ok(jpeg) = app.objects.get_small(&picture.object).await {
            printed.push(form_picture(picture, jpeg));
        }
    }
    printed
}

fn form_picture(picture: &KeptPicture, jpeg: bytes::Bytes) -> Pictured {
    use duxue_storage::look::PictureRank as Rank;
    let rank = match picture.rank {
        Rank::Best => "最清晰画面",
        Rank::Worst => "最不清晰画面",
    };
    let time = civil::time_of(picture.at).strftime("%H:%M:%S").to_string();
    Pictured { text: format!("{} {time}　{rank}", civil::date_of(picture.at)), jpeg }
}
