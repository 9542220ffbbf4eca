//! `GET /cameras/{id}/snapshot.jpg`

use crate::refusals::{BinaryFile, LiveRefusals};

/// Gives the newest picture of a camera as JPEG.
#[utoipa::path(
    get,
    path = "/cameras/{id}/snapshot.jpg",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses((status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"), LiveRefusals),
)]
pub async fn show_snapshot() {}
