//! `POST /sign-out`

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use serde_json::json;

use crate::{app::Shared, cookie, extract::Enrolling, problem::Failure, refusals::InPersonRefusals};

/// Signs out.
///
/// Forgets the sign-in on the server and in the browser.
#[utoipa::path(
    post,
    path = "/sign-out",
    tag = "Sign-in",
    responses((status = 204, description = "Signed out."), InPersonRefusals),
)]
pub async fn sign_out(
    State(app): State<Shared>,
    Enrolling { who, sign_in }: Enrolling,
) -> Result<(StatusCode, [(HeaderName, HeaderValue); 1]), Failure> {
    let mut tx = app.store.begin().await?;
    tx.end_sign_in(sign_in).await?;
    tx.audit(who.did(app.now(), "sign_out", "user", who.id(), json!({})));
    tx.commit().await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::forget())]))
}
