//! `GET /cameras/{id}`

use crate::dto::camera::Camera;
use crate::refusals::ReadRefusals;

/// Shows one camera.
#[utoipa::path(
    get,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses((status = 200, description = "The camera.", body = Camera), ReadRefusals),
)]
pub async fn show_camera() {}
