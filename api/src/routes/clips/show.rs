//! `GET /clips/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClipId};

use crate::{
    app::Shared,
    dto::clip::Clip,
    extract::{Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows one clip.
#[utoipa::path(
    get,
    path = "/clips/{id}",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses((status = 200, description = "The clip.", body = Clip), ReadRefusals),
)]
pub async fn show_clip(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClipId>>,
) -> Result<Json<Clip>, Failure> {
    let mut tx = app.store.read().await?;
    let clip = tx.clip(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(clip.institution))?;
    let clip = load::with_policies(&mut tx, vec![clip]).await?.pop().ok_or(Failure::Internal)?;
    Ok(Json(clip))
}
