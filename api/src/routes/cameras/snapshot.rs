//! `GET /cameras/{id}/snapshot.jpg`

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use bytes::Bytes;
use duxue_rules::{access::Action, ids::CameraId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::refs::Text,
    edges::LiveRefusal,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, LiveRefusals},
};

/// Gives the newest picture of a camera as JPEG.
#[utoipa::path(
    get,
    path = "/cameras/{id}/snapshot.jpg",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        LiveRefusals,
    ),
)]
pub async fn show_snapshot(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
) -> Result<([(HeaderName, &'static str); 1], Bytes), Failure> {
    let camera = super::present::standing(&mut app.store.read().await?, id).await?;
    who.may(Action::WatchLive, Some(camera.institution.id))?;
    app.log_reading(&who, "read_snapshot", "camera", id.0, json!({})).await?;
    let snapshot = app.cameras.snapshot(id).await.map_err(unavailable)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], snapshot.jpeg))
}

fn unavailable(refusal: LiveRefusal) -> Failure {
    Failure::Unavailable(match refusal {
        LiveRefusal::NotLive => Text::new("摄像头当前没有画面。", "The camera gives no picture now."),
        LiveRefusal::Refused(why) => why.into(),
    })
}
