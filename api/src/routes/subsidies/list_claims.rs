//! `GET /classes/{id}/claims`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{page::Page, subsidy::SubsidyClaim},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists a class's claims, the oldest first.
#[utoipa::path(
    get,
    path = "/classes/{id}/claims",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The claims.", body = Page<SubsidyClaim>), ReadRefusals),
)]
pub async fn list_claims(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Page<SubsidyClaim>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadSubsidy).await?;
    Ok(Json(Page::whole(tx.claims(id).await?.into_iter().map(Into::into).collect())))
}
