//! `GET /system/health`

use std::time::Instant;

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::camera::Camera;

use super::show::{analysis, disk};
use crate::{
    app::Shared,
    dto::health::{AskedPart, CameraSign, Health, Queue, RecorderHealth},
    extract::SignedIn,
    load,
    problem::{Failure, chain},
    refusals::DayRefusals,
};

/// Says how every part of the system does: database, object store, disk, models, queues, recorders, cameras.
///
/// A part that does not answer is told as such. Without a database nobody is known, and this answers 503 like everything.
#[utoipa::path(
    get,
    path = "/system/health",
    tag = "System",
    responses((status = 200, description = "How every part does.", body = Health), DayRefusals),
)]
pub async fn show_health(State(app): State<Shared>, who: SignedIn) -> Result<Json<Health>, Failure> {
    // What it shows is the centre's: of an institution's own cameras `GET /cameras` tells.
    who.may(Action::ReadAudit, None)?;
    let began = Instant::now();
    let mut tx = app.store.read().await?;
    let waiting = tx.waiting().await?;
    let database = part(app.store.kind(), true, began);
    let now = app.now();
    let recorders = tx.recorder_beats().await?.into_iter().map(|beat| RecorderHealth::of(beat, now)).collect();
    let cameras = load::cameras(&mut tx, None).await?;
    drop(tx);
    let began = Instant::now();
    let answers = app.objects.answers().await;
    if let Err(error) = &answers {
        tracing::warn!(error = chain(error), "the object store does not answer");
    }
    Ok(Json(Health {
        version: app.settings.version.clone(),
        now,
        database,
        objects: part(app.objects.kind(), answers.is_ok(), began),
        disk: disk(app.cameras.disk()),
        analysis: analysis(app.vision.status()),
        queues: Queue::all(&waiting),
        recorders,
        cameras: cameras.into_iter().map(|camera| health(&app, camera)).collect(),
    }))
}

fn part(kind: &str, answers: bool, began: Instant) -> AskedPart {
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    AskedPart { kind: kind.to_owned(), answers, took_ms }
}

fn health(app: &Shared, camera: Camera) -> CameraSign {
    let status = app.cameras.status(camera.id);
    let told = status.as_ref();
    CameraSign {
        state: told.map(|status| status.state.into()),
        cause: told.and_then(|status| status.cause).map(Into::into),
        detail: told.and_then(|status| status.detail.clone()),
        since: told.map(|status| status.since),
        last_frame_at: told.and_then(|status| status.last_frame_at),
        recording: told.is_some_and(|status| status.recording),
        bitrate_bps: told.and_then(|status| status.bitrate_bps),
        id: camera.id,
        name: camera.name,
        venue: camera.venue.into(),
        institution: camera.institution.into(),
        enabled: camera.enabled,
    }
}
