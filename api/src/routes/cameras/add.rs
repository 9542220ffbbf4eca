//! `POST /cameras`

use crate::dto::camera::{Camera, NewCamera};
use crate::refusals::WriteRefusals;

/// Adds a camera.
///
/// It is connected to at once. Its credentials are kept encrypted and never shown.
#[utoipa::path(
    post,
    path = "/cameras",
    tag = "Cameras",
    request_body = NewCamera,
    responses((status = 201, description = "The camera.", body = Camera), WriteRefusals),
)]
pub async fn add_camera() {}
