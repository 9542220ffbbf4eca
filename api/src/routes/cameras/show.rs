//! `GET /cameras/{id}`

use axum::{Json, extract::State, response::IntoResponse};
use duxue_rules::{access::Action, ids::CameraId};

use super::present::MOVING;
use crate::{
    app::Shared,
    dto::camera::Camera,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows one camera.
#[utoipa::path(
    get,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses((status = 200, description = "The camera.", body = Camera), ReadRefusals),
)]
pub async fn show_camera(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
) -> Result<impl IntoResponse, Failure> {
    let mut tx = app.store.read().await?;
    let camera = super::present::standing(&mut tx, id).await?;
    who.may(Action::ReadCameraHealth, Some(camera.institution.id))?;
    Ok(MOVING.within(Json(super::present::one(&app, &mut tx, &who, camera).await?)))
}
