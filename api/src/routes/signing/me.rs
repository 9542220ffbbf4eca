//! `GET /me`

use crate::dto::person::Me;
use crate::refusals::PlainRefusals;

/// Says who is signed in and what they may do.
#[utoipa::path(
    get,
    path = "/me",
    tag = "Sign-in",
    responses((status = 200, description = "Who is signed in.", body = Me), PlainRefusals),
)]
pub async fn show_me() {}
