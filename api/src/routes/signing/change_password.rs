//! `POST /me/password`

use axum::{extract::State, http::StatusCode};
use serde_json::json;

use crate::{
    app::Shared,
    credentials::hashed,
    dto::person::NewPassword,
    extract::{Body, InPerson},
    problem::Failure,
    refusals::ProofRefusals,
};

/// Changes one's own password.
///
/// Every other sign-in of theirs ends; this one stays.
#[utoipa::path(
    post,
    path = "/me/password",
    tag = "Sign-in",
    request_body = NewPassword,
    responses((status = 204, description = "Changed."), ProofRefusals),
)]
pub async fn change_password(
    State(app): State<Shared>,
    InPerson { who, sign_in }: InPerson,
    Body(NewPassword { password, new_password }): Body<NewPassword>,
) -> Result<StatusCode, Failure> {
    app.confirm(&who, password).await?;
    let hash = hashed("new_password", new_password).await?;
    let mut tx = app.store.begin().await?;
    tx.change_password(who.id(), &hash, sign_in).await?;
    tx.audit(who.did(app.now(), "change_password", "user", who.id(), json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
