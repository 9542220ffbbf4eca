//! `GET /cameras/{id}/recordings/export`

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use duxue_rules::{access::Action, ids::CameraId};
use serde_json::json;

use super::{film, sent, wanted};
use crate::{
    app::Shared,
    dto::export::ExportQuery,
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ExportRefusals},
};

/// Gives a stretch of a camera's recording as a ZIP: one film as it was recorded, its seal, and how to check it.
///
/// The film begins with the key frame at or before the start, where there is one, and stands still where nothing was recorded;
/// the seal names its SHA-256, every gap, what is missing and why, the recorded files it was cut from, and who took it. What is
/// being recorded just now is not in it yet. Who took what is in the audit log before the first byte leaves. It is no evidence
/// clip of a lesson and counts for nothing.
#[utoipa::path(
    get,
    path = "/cameras/{id}/recordings/export",
    tag = "Recordings",
    params(("id" = Uuid, Path, description = "Identity of the camera."), ExportQuery),
    responses(
        (
            status = 200,
            description = "`recording.mp4`, `recording.mp4.seal.json`, `VERIFY.txt` and the public key.",
            body = BinaryFile,
            content_type = "application/zip"
        ),
        ExportRefusals,
    ),
)]
pub async fn export_recording(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Filter(query): Filter<ExportQuery>,
) -> Result<Response, Failure> {
    // A removed camera's footage is still there.
    let camera = app.store.read().await?.camera(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::WatchRecording, Some(camera.institution.id))?;
    let wanted = wanted(&query)?;
    let film = film::cut(&app, &camera, wanted).await?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let manifest = film.manifest(&app, &who, tx.audit_head().await?, now);
    let detail =
        json!({ "from": wanted.start(), "until": wanted.end(), "sha256": manifest.sha256, "bytes": manifest.bytes });
    tx.audit(who.did(now, "read_recording", "camera", id, detail));
    tx.commit().await?;
    let body = Body::from_stream(sent::zip(&app, film, &manifest));
    let name = format!("duxue-{id}-{}.zip", wanted.start().as_second());
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}
