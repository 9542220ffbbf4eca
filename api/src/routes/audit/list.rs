//! `GET /audit`

use crate::dto::{
    audit::AuditEntry,
    page::{Page, PageQuery},
};
use crate::refusals::DayRefusals;

/// Lists the audit log.
#[utoipa::path(
    get,
    path = "/audit",
    tag = "Log",
    params(PageQuery),
    responses((status = 200, description = "The entries, newest first.", body = Page<AuditEntry>), DayRefusals),
)]
pub async fn list_audit() {}
