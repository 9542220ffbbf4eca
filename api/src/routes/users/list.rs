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
    let mut tx = app.store.read().await?;
    let mut rows = load::users(&mut tx).await?;
    let owners = tx.second_factor_owners().await?;
    rows.sort_by(|a, b| a.username.cmp(&b.username));
    let user = |row: duxue_storage::user::User| {
        let second_factor = owners.contains(&row.id);
        User::of(row, second_factor)
    };
    Ok(Json(Page::whole(rows.into_iter().map(user).collect())))
}
