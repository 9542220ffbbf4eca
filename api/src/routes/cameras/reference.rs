//! `POST /cameras/{id}/reference`, `GET /cameras/{id}/reference.jpg` and `GET /cameras/{id}/days/{date}/{file}`

use axum::{
    extract::State,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use duxue_rules::{access::Action, ids::CameraId};
use duxue_storage::look::Retired;
use serde_json::json;

use crate::{
    app::Shared,
    content::stored_picture,
    dto::health::RenewReference,
    extract::{Body, DayPicture, Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals, WriteRefusals},
};

/// Asks for a new reference picture: the system takes it from what the camera shows in the next lesson.
///
/// Until then nothing is said of a camera that was moved, covered or out of focus.
#[utoipa::path(
    post,
    path = "/cameras/{id}/reference",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    request_body = RenewReference,
    responses((status = 204, description = "A new one will be taken."), WriteRefusals),
)]
pub async fn renew_reference(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Body(wanted): Body<RenewReference>,
) -> Result<StatusCode, Failure> {
    let mut tx = app.store.begin().await?;
    let camera = super::present::standing(&mut tx, id).await?;
    who.may(Action::EditCamera, Some(camera.institution.id))?;
    let reason = wanted.reason.trim().to_owned();
    let retired = Retired { at: app.now(), by: who.id(), reason: reason.clone() };
    tx.retire_reference(id, wanted.taken_at, &retired).await?;
    let detail = json!({ "taken_at": wanted.taken_at, "reason": reason });
    tx.audit(who.did(app.now(), "renew_reference", "camera", id, detail));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a camera's reference picture as JPEG.
///
/// Reading it is logged.
#[utoipa::path(
    get,
    path = "/cameras/{id}/reference.jpg",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        ReadRefusals,
    ),
)]
pub async fn show_reference(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut tx = app.store.read().await?;
    let camera = tx.camera(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::WatchRecording, Some(camera.institution.id))?;
    let reference = tx.reference(id).await?.ok_or(Failure::NotFound)?;
    let picture = reference.taken.picture.ok_or(Failure::NotFound)?;
    drop(tx);
    let detail = json!({ "taken_at": reference.taken.taken_at });
    app.log_reading(&who, "read_reference_picture", "camera", id.0, detail).await?;
    stored_picture(&method, &headers, &app.objects, &picture).await
}

/// Gives a picture of a camera's day as JPEG.
///
/// Reading it is logged. Such pictures are let go of after the policy's days.
#[utoipa::path(
    get,
    path = "/cameras/{id}/days/{date}/{file}",
    tag = "Cameras",
    params(
        ("id" = Uuid, Path, description = "Identity of the camera."),
        ("date" = String, Path, format = Date, description = "The civil date in Asia/Shanghai."),
        ("file" = String, Path, description = "The picture's place in the health report and `.jpg`, such as `0.jpg`."),
    ),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        ReadRefusals,
    ),
)]
pub async fn show_day_picture(
    State(app): State<Shared>,
    who: SignedIn,
    Params(DayPicture { id, date, file }): Params<DayPicture>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut tx = app.store.read().await?;
    let camera = tx.camera(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::WatchRecording, Some(camera.institution.id))?;
    let index: Option<usize> = file.strip_suffix(".jpg").and_then(|index| index.parse().ok());
    let pictures = super::health::pictures_of(&mut tx, &camera, date).await?;
    let picture = index.and_then(|index| pictures.get(index)).ok_or(Failure::NotFound)?;
    drop(tx);
    app.log_reading(&who, "read_camera_picture", "camera", id.0, json!({ "at": picture.at })).await?;
    stored_picture(&method, &headers, &app.objects, &picture.object).await
}
