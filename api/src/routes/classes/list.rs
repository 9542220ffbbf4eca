//! `GET /classes`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{class::Class, page::Page},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the classes that the reader may see.
#[utoipa::path(
    get,
    path = "/classes",
    tag = "Classes",
    responses((status = 200, description = "The classes, newest first.", body = Page<Class>), PlainRefusals),
)]
pub async fn list_classes(State(app): State<Shared>, who: SignedIn) -> Result<Json<Page<Class>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let rows = load::classes(&mut app.store.read().await?, whose).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
