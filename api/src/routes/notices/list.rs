//! `GET /classes/{id}/notices`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::all_shown;
use crate::{
    app::Shared,
    dto::{notice::Notice, page::Page},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists a class's notices with objections and payment, the oldest first (R10.1, R10.2).
///
/// The institution learns that somebody objected and what became of it, not who and why.
#[utoipa::path(
    get,
    path = "/classes/{id}/notices",
    tag = "Notices",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The notices.", body = Page<Notice>), ReadRefusals),
)]
pub async fn list_notices(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<Notice>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadSubsidy).await?;
    let whole = who.actor.institution.is_none();
    Ok(Json(Page::whole(all_shown(&app, &mut tx, id, app.now(), whole).await?)))
}
