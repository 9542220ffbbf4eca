//! `PUT /classes/{id}/reports/{date}`

use crate::dto::report::{NewReport, Report};
use crate::refusals::WriteRefusals;

/// Sends the daily report of a day (R7.3b).
///
/// Sending again adds a revision. A late report is marked late, never refused; impossible numbers are refused, field by field.
#[utoipa::path(
    put,
    path = "/classes/{id}/reports/{date}",
    tag = "Reports",
    params(("id" = Uuid, Path, description = "Identity of the class."), ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date)),
    request_body = NewReport,
    responses((status = 200, description = "The report as it was taken.", body = Report), WriteRefusals),
)]
pub async fn send_report() {}
