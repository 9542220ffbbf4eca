//! `GET /findings/{id}/frames/{file}`

use crate::refusals::{BinaryFile, ReadRefusals};

/// Gives a frame of a finding as JPEG.
///
/// Reading it is logged.
#[utoipa::path(
    get,
    path = "/findings/{id}/frames/{file}",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding."), ("file" = String, Path, description = "The frame's index and `.jpg`, such as `0.jpg`.")),
    responses((status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"), ReadRefusals),
)]
pub async fn show_frame() {}
