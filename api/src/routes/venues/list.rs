//! `GET /venues`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{page::Page, venue::Venue},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the classrooms that the reader may see.
#[utoipa::path(
    get,
    path = "/venues",
    tag = "Classes",
    responses((status = 200, description = "The classrooms.", body = Page<Venue>), PlainRefusals),
)]
pub async fn list_venues(State(app): State<Shared>, who: SignedIn) -> Result<Json<Page<Venue>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let rows = load::venues(&mut app.store.read().await?, whose).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
