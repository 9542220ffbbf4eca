//! `GET /segments/{id}/content`

use crate::refusals::{BinaryFile, ContentRefusals};

/// Gives a recorded segment as MP4.
///
/// Answers Range requests (RFC 9110).
#[utoipa::path(
    get,
    path = "/segments/{id}/content",
    tag = "Recordings",
    params(("id" = Uuid, Path, description = "Identity of the segment."), ("range" = Option<String>, Header, description = "`bytes=first-last` (RFC 9110, 14.2).")),
    responses((status = 200, description = "The file.", body = BinaryFile, content_type = "video/mp4"), (status = 206, description = "A part of it.", body = BinaryFile, content_type = "video/mp4"), (status = 304, description = "Not modified."), ContentRefusals),
)]
pub async fn read_segment() {}
