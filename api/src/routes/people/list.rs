//! `GET /people`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{page::Page, person::Colleague},
    extract::SignedIn,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists whom one works with, by name: the centre's people each other, as an inspection takes two (R7.4b); an institution's
/// people their own.
///
/// Names alone: what somebody signs in with, and when they may not any more, is for managers (`GET /users`).
#[utoipa::path(
    get,
    path = "/people",
    tag = "Users",
    responses((status = 200, description = "Everyone who may sign in.", body = Page<Colleague>), DayRefusals),
)]
pub async fn list_people(State(app): State<Shared>, who: SignedIn) -> Result<Json<Page<Colleague>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let rows = app.store.read().await?.colleagues(whose).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
