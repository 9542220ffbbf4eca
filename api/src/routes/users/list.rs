//! `GET /users`

use crate::dto::{page::Page, person::User};
use crate::refusals::DayRefusals;

/// Lists the users.
#[utoipa::path(
    get,
    path = "/users",
    tag = "Users",
    responses((status = 200, description = "The users, by name.", body = Page<User>), DayRefusals),
)]
pub async fn list_users() {}
