//! `GET /users`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{page::Page, person::User},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the users.
#[utoipa::path(
    get,
    path = "/users",
    tag = "Users",
    responses((status = 200, description = "The users, by name.", body = Page<User>), DayRefusals),
)]
pub async fn list_users(State(app): State<Shared>, who: SignedIn) -> Result<Json<Page<User>>, Failure> {
    who.may(Action::EditUser, None)?;
    let mut rows = load::users(&mut app.store.read().await?).await?;
    rows.sort_by(|a, b| a.username.cmp(&b.username));
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
