//! `GET /classes/{id}/closeouts`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{closeout::CloseOut, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists a class's applications for close-out, the oldest first.
#[utoipa::path(
    get,
    path = "/classes/{id}/closeouts",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The applications.", body = Page<CloseOut>), ReadRefusals),
)]
pub async fn list_closeouts(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<CloseOut>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    Ok(Json(Page::whole(tx.closeouts(id).await?.into_iter().map(Into::into).collect())))
}
