//! `GET /days`

use crate::dto::{
    class_day::DayLine,
    page::{DayQuery, Page},
};
use crate::refusals::DayRefusals;

/// Lists the classes that have a session on a day.
#[utoipa::path(
    get,
    path = "/days",
    tag = "Days",
    params(DayQuery),
    responses((status = 200, description = "A line a class.", body = Page<DayLine>), DayRefusals),
)]
pub async fn list_days() {}
