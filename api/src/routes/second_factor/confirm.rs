//! `POST /me/second-factor/confirmation`

use axum::{Json, extract::State};
use serde_json::json;

use super::recovery_codes;
use crate::{
    app::Shared,
    dto::second_factor::{FirstCode, RecoveryCodes},
    extract::{Body, Enrolling},
    problem::Failure,
    refusals::ProofRefusals,
};

/// Switches a begun second factor on by a code of it. From now on signing in asks for one.
///
/// The answer holds, once, recovery codes for when the device is lost. Every other sign-in of theirs ends.
#[utoipa::path(
    post,
    path = "/me/second-factor/confirmation",
    tag = "Sign-in",
    request_body = FirstCode,
    responses((status = 200, description = "It is on.", body = RecoveryCodes), ProofRefusals),
)]
pub async fn confirm_second_factor(
    State(app): State<Shared>,
    Enrolling { who, sign_in }: Enrolling,
    Body(FirstCode { code }): Body<FirstCode>,
) -> Result<Json<RecoveryCodes>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let begun = tx.second_factor(who.id(), &app.secret).await?.filter(|factor| factor.confirmed_at.is_none());
    let begun = begun.ok_or_else(|| Failure::conflict("没有待确认的验证器。", "No second factor was begun."))?;
    let step = begun.secret.step_of(&code, now).ok_or_else(|| {
        Failure::field(
            "code",
            "验证码不正确；请核对手机时间。",
            "this is not the code of now; look at the device's clock",
        )
    })?;
    let (codes, shown) = recovery_codes()?;
    tx.confirm_second_factor(who.id(), step, now, &codes).await?;
    tx.end_other_sign_ins(who.id(), sign_in).await?;
    tx.audit(who.did(now, "confirm_second_factor", "user", who.id(), json!({})));
    tx.commit().await?;
    Ok(Json(shown))
}
