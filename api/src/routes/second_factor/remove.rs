//! `POST /me/second-factor/removal`

use axum::{extract::State, http::StatusCode};
use serde_json::json;

use super::take_own_code;
use crate::{
    app::Shared,
    dto::second_factor::FullReassurance,
    extract::{Body, InPerson},
    problem::Failure,
    refusals::ProofRefusals,
};

/// Switches one's own second factor off, with the password and a code: for a new device, it is begun anew afterwards.
///
/// Where it is required, everything but beginning one is then refused until it is on again.
#[utoipa::path(
    post,
    path = "/me/second-factor/removal",
    tag = "Sign-in",
    request_body = FullReassurance,
    responses((status = 204, description = "It is off."), ProofRefusals),
)]
pub async fn remove_second_factor(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Body(FullReassurance { password, code }): Body<FullReassurance>,
) -> Result<StatusCode, Failure> {
    app.confirm(&who, password).await?;
    take_own_code(&app, &who, &code).await?;
    let mut tx = app.store.begin().await?;
    tx.remove_second_factor(who.id()).await?;
    tx.audit(who.did(app.now(), "remove_second_factor", "user", who.id(), json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
