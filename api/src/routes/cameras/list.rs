//! `GET /cameras`

use crate::dto::{camera::Camera, page::Page};
use crate::refusals::PlainRefusals;

/// Lists the cameras that the reader may see, with how they do.
#[utoipa::path(
    get,
    path = "/cameras",
    tag = "Cameras",
    responses((status = 200, description = "The cameras, by venue and name.", body = Page<Camera>), PlainRefusals),
)]
pub async fn list_cameras() {}
