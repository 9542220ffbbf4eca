//! `GET /clips`

use crate::dto::{
    clip::{Clip, ClipQuery},
    page::Page,
};
use crate::refusals::DayRefusals;

/// Lists the evidence clips that the reader may see.
#[utoipa::path(
    get,
    path = "/clips",
    tag = "Evidence",
    params(ClipQuery),
    responses((status = 200, description = "The clips, newest first.", body = Page<Clip>), DayRefusals),
)]
pub async fn list_clips() {}
