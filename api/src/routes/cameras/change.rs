//! `PATCH /cameras/{id}`

use crate::dto::camera::{Camera, CameraChange};
use crate::refusals::WriteRefusals;

/// Changes a camera.
///
/// No other camera is disturbed.
#[utoipa::path(
    patch,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    request_body = CameraChange,
    responses((status = 200, description = "The camera as it is now.", body = Camera), WriteRefusals),
)]
pub async fn change_camera() {}
