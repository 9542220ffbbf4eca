//! `POST /users`

use crate::dto::person::{NewUser, User};
use crate::refusals::WriteRefusals;

/// Adds a user.
#[utoipa::path(
    post,
    path = "/users",
    tag = "Users",
    request_body = NewUser,
    responses((status = 201, description = "The user.", body = User), WriteRefusals),
)]
pub async fn add_user() {}
