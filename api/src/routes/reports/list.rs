//! `GET /classes/{id}/reports`

use crate::dto::{page::Page, report::Report};
use crate::refusals::ReadRefusals;

/// Lists the daily reports of a class, the newest revision of each day.
#[utoipa::path(
    get,
    path = "/classes/{id}/reports",
    tag = "Reports",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The reports, newest day first.", body = Page<Report>), ReadRefusals),
)]
pub async fn list_reports() {}
