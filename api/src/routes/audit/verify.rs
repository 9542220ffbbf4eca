//! `GET /audit/verify`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{app::Shared, dto::audit::ChainReport, extract::SignedIn, problem::Failure, refusals::DayRefusals};

/// Checks the hash chain of the audit log from its first entry.
#[utoipa::path(
    get,
    path = "/audit/verify",
    tag = "Log",
    responses((status = 200, description = "Whether it holds.", body = ChainReport), DayRefusals),
)]
pub async fn verify_audit(State(app): State<Shared>, who: SignedIn) -> Result<Json<ChainReport>, Failure> {
    who.may(Action::ReadAudit, None)?;
    let mut tx = app.store.read().await?;
    let anchors = tx.audit_anchors().await?;
    let roots = tx.audit_roots(&app.public_key).await?;
    let report = tx.verify_audit(&anchors, &roots).await?;
    if !report.is_sound() {
        tracing::error!(audit.broken = ?report.broken, "the audit chain is broken");
    }
    Ok(Json(report.into()))
}
