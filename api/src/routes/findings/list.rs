//! `GET /findings`

use crate::dto::{
    finding::{Finding, FindingQuery},
    page::Page,
};
use crate::refusals::DayRefusals;

/// Lists findings.
#[utoipa::path(
    get,
    path = "/findings",
    tag = "Findings",
    params(FindingQuery),
    responses((status = 200, description = "The findings, newest first.", body = Page<Finding>), DayRefusals),
)]
pub async fn list_findings() {}
