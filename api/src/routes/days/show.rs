//! `GET /classes/{id}/days/{date}`

use crate::dto::class_day::ClassDay;
use crate::refusals::ReadRefusals;

/// Shows a class on a day.
#[utoipa::path(
    get,
    path = "/classes/{id}/days/{date}",
    tag = "Days",
    params(("id" = Uuid, Path, description = "Identity of the class."), ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date)),
    responses((status = 200, description = "The day.", body = ClassDay), ReadRefusals),
)]
pub async fn show_day() {}
