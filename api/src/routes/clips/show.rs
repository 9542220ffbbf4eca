//! `GET /clips/{id}`

use crate::dto::clip::Clip;
use crate::refusals::ReadRefusals;

/// Shows one clip.
#[utoipa::path(
    get,
    path = "/clips/{id}",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses((status = 200, description = "The clip.", body = Clip), ReadRefusals),
)]
pub async fn show_clip() {}
