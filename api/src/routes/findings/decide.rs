//! `POST /findings/{id}/decision`

use crate::dto::finding::{Finding, NewDecision};
use crate::refusals::WriteRefusals;

/// Confirms or dismisses a finding, with the reason.
///
/// Only an open finding can be decided, and only once.
#[utoipa::path(
    post,
    path = "/findings/{id}/decision",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding.")),
    request_body = NewDecision,
    responses((status = 200, description = "The finding as it is now.", body = Finding), WriteRefusals),
)]
pub async fn decide_finding() {}
