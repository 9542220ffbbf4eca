//! `GET /audit/verify`

use crate::dto::audit::ChainReport;
use crate::refusals::DayRefusals;

/// Checks the hash chain of the audit log from its first entry.
#[utoipa::path(
    get,
    path = "/audit/verify",
    tag = "Log",
    responses((status = 200, description = "Whether it holds.", body = ChainReport), DayRefusals),
)]
pub async fn verify_audit() {}
