//! `GET /classes/{id}/remote-supervisions`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::sign::SUBJECT;
use crate::{
    app::Shared,
    dto::{page::Page, supervision::RemoteSupervision},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the records of a class's remote supervision.
#[utoipa::path(
    get,
    path = "/classes/{id}/remote-supervisions",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "All of them, oldest first.", body = Page<RemoteSupervision>), ReadRefusals),
)]
pub async fn list_remote_supervisions(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<RemoteSupervision>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadSupervision).await?;
    let mut items = Vec::new();
    for row in tx.remote_supervisions(id).await? {
        let signatures = tx.signatures_of(SUBJECT, &row.signed.record().id.to_string()).await?;
        items.push(RemoteSupervision::of(row, signatures));
    }
    Ok(Json(Page::whole(items)))
}
