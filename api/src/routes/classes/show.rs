//! `GET /classes/{id}`

use crate::dto::class::Class;
use crate::refusals::ReadRefusals;

/// Shows one class.
#[utoipa::path(
    get,
    path = "/classes/{id}",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The class.", body = Class), ReadRefusals),
)]
pub async fn show_class() {}
