//! `POST /me/second-factor`

use axum::{Json, extract::State, http::StatusCode};
use duxue_storage::totp::TotpSecret;
use serde_json::json;

use crate::{
    app::Shared,
    dto::second_factor::{BegunSecondFactor, Reassurance},
    extract::{Body, Enrolling},
    problem::{Failure, chain},
    refusals::ProofRefusals,
};

/// Begins a second factor: gives the secret for one's device.
///
/// It is on once a code of it was shown to `POST /me/second-factor/confirmation`; begun anew, the earlier secret is
/// forgotten. Refused while one is on.
#[utoipa::path(
    post,
    path = "/me/second-factor",
    tag = "Sign-in",
    request_body = Reassurance,
    responses((status = 201, description = "The secret.", body = BegunSecondFactor), ProofRefusals),
)]
pub async fn begin_second_factor(
    State(app): State<Shared>,
    Enrolling { who, .. }: Enrolling,
    Body(Reassurance { password }): Body<Reassurance>,
) -> Result<(StatusCode, Json<BegunSecondFactor>), Failure> {
    app.confirm(&who, password).await?;
    let secret = TotpSecret::random().map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.begin_second_factor(who.id(), &secret, now, &app.secret).await?;
    tx.audit(who.did(now, "begin_second_factor", "user", who.id(), json!({})));
    tx.commit().await?;
    let begun = BegunSecondFactor { secret: secret.base32(), uri: secret.uri(&who.user.username) };
    Ok((StatusCode::CREATED, Json(begun)))
}
