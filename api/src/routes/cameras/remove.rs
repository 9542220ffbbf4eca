//! `DELETE /cameras/{id}`

use crate::refusals::ReadRefusals;

/// Removes a camera.
///
/// Its recordings and clips stay.
#[utoipa::path(
    delete,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses((status = 204, description = "Removed."), ReadRefusals),
)]
pub async fn remove_camera() {}
