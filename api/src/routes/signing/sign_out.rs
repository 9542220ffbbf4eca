//! `POST /sign-out`

use crate::refusals::PlainRefusals;

/// Signs out.
///
/// Forgets the sign-in on the server and in the browser.
#[utoipa::path(
    post,
    path = "/sign-out",
    tag = "Sign-in",
    responses((status = 204, description = "Signed out."), PlainRefusals),
)]
pub async fn sign_out() {}
