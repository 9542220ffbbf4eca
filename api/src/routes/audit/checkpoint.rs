//! `GET /audit/checkpoint`

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use duxue_rules::access::Action;

use crate::{app::Shared, extract::SignedIn, problem::Failure, refusals::ReadRefusals};

/// Gives the newest signed statement of the audit log's length and root, for a witness to co-sign and to keep: a
/// checkpoint in a signed note (c2sp.org/tlog-checkpoint).
#[utoipa::path(
    get,
    path = "/audit/checkpoint",
    tag = "Log",
    responses(
        (status = 200, description = "The signed note.", body = String, content_type = "text/plain"),
        ReadRefusals,
    ),
)]
pub async fn show_checkpoint(State(app): State<Shared>, who: SignedIn) -> Result<Response, Failure> {
    who.may(Action::ReadAudit, None)?;
    let newest = app.store.read().await?.audit_checkpoint().await?.ok_or(Failure::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], newest.note).into_response())
}
