//! `POST /me/second-factor/recovery-codes`

use axum::{Json, extract::State};
use serde_json::json;

use super::{recovery_codes, take_own_code};
use crate::{
    app::Shared,
    dto::second_factor::{FullReassurance, RecoveryCodes},
    extract::{Body, InPerson},
    problem::Failure,
    refusals::ProofRefusals,
};

/// Gives new recovery codes; the old ones are good no more.
#[utoipa::path(
    post,
    path = "/me/second-factor/recovery-codes",
    tag = "Sign-in",
    request_body = FullReassurance,
    responses((status = 200, description = "The new codes.", body = RecoveryCodes), ProofRefusals),
)]
pub async fn renew_recovery_codes(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Body(FullReassurance { password, code }): Body<FullReassurance>,
) -> Result<Json<RecoveryCodes>, Failure> {
    app.confirm(&who, password).await?;
    take_own_code(&app, &who, &code).await?;
    let (codes, shown) = recovery_codes()?;
    let mut tx = app.store.begin().await?;
    tx.replace_recovery_codes(who.id(), &codes).await?;
    tx.audit(who.did(app.now(), "renew_recovery_codes", "user", who.id(), json!({})));
    tx.commit().await?;
    Ok(Json(shown))
}
