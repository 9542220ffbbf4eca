//! `GET /findings/{id}`

use crate::dto::finding::Finding;
use crate::refusals::ReadRefusals;

/// Shows one finding.
#[utoipa::path(
    get,
    path = "/findings/{id}",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding.")),
    responses((status = 200, description = "The finding.", body = Finding), ReadRefusals),
)]
pub async fn show_finding() {}
