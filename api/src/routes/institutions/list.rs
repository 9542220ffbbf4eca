//! `GET /institutions`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{page::Page, refs::InstitutionRef},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the institutions that the reader may see.
#[utoipa::path(
    get,
    path = "/institutions",
    tag = "Classes",
    responses((status = 200, description = "The institutions.", body = Page<InstitutionRef>), PlainRefusals),
)]
pub async fn list_institutions(
    State(app): State<Shared>,
    who: SignedIn,
) -> Result<Json<Page<InstitutionRef>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let rows = load::institutions(&mut app.store.read().await?, whose).await?;
    Ok(Json(Page::whole(rows.into_iter().map(|row| InstitutionRef { id: row.id, name: row.name }).collect())))
}
