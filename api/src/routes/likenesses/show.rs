//! `GET /likenesses/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::LikenessId};

use super::{owner, shown};
use crate::{
    app::Shared,
    dto::likeness::Likeness,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows two videos that seem to show the same.
#[utoipa::path(
    get,
    path = "/likenesses/{id}",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the likeness.")),
    responses((status = 200, description = "The likeness.", body = Likeness), ReadRefusals),
)]
pub async fn show_likeness(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<LikenessId>>,
) -> Result<Json<Likeness>, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.likeness(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadFinding, Some(owner(&mut tx, &row).await?))?;
    Ok(Json(shown(&mut tx, row).await?))
}
