//! `GET /classes/{id}/exchanges`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{exchange::Exchange, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the queries by file about a class's students, with the answers that came, the oldest first.
#[utoipa::path(
    get,
    path = "/classes/{id}/exchanges",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The queries.", body = Page<Exchange>), ReadRefusals),
)]
pub async fn list_exchanges(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Exchange>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = tx.exchanges(id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
