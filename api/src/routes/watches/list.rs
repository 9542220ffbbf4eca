//! `GET /watches`

use crate::dto::{
    audit::Watch,
    page::{Page, PageQuery},
};
use crate::refusals::DayRefusals;

/// Lists who watched what and how long.
#[utoipa::path(
    get,
    path = "/watches",
    tag = "Log",
    params(PageQuery),
    responses((status = 200, description = "The watches, newest first.", body = Page<Watch>), DayRefusals),
)]
pub async fn list_watches() {}
