//! `GET /classes/{id}/reports/{date}`

use crate::dto::report::Report;
use crate::refusals::ReadRefusals;

/// Shows the daily report of a day.
#[utoipa::path(
    get,
    path = "/classes/{id}/reports/{date}",
    tag = "Reports",
    params(("id" = Uuid, Path, description = "Identity of the class."), ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date)),
    responses((status = 200, description = "Its newest revision.", body = Report), ReadRefusals),
)]
pub async fn show_report() {}
