//! `POST /sign-in`

use crate::dto::person::{Me, SignIn};
use crate::refusals::SignInRefusals;

/// Signs in.
///
/// Sets the cookie `duxue` (HttpOnly, SameSite=Strict). Tries are throttled per username and per address.
#[utoipa::path(
    post,
    path = "/sign-in",
    tag = "Sign-in",
    request_body = SignIn,
    responses((status = 200, description = "Signed in.", body = Me), SignInRefusals),
)]
pub async fn sign_in() {}
