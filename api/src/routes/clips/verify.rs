//! `POST /clips/{id}/verify`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClipId};
use serde_json::json;

use crate::{
    app::Shared,
    content::check_seal,
    dto::clip::Verification,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::SealRefusals,
};

/// Reads a sealed clip back from the store and compares it with its seal.
#[utoipa::path(
    post,
    path = "/clips/{id}/verify",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses((status = 200, description = "What was found.", body = Verification), SealRefusals),
)]
pub async fn verify_clip(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClipId>>,
) -> Result<Json<Verification>, Failure> {
    let mut tx = app.store.read().await?;
    let clip = tx.clip(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(clip.institution))?;
    let sealed = super::sealed(&clip)?;
    let seal = tx.clip_seal(id).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let (outcome, detail) = check_seal(&app, id, sealed, &seal).await?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.audit(who.did(now, "verify_clip", "clip", id, json!({ "outcome": outcome })));
    tx.commit().await?;
    Ok(Json(Verification { outcome, detail, checked_at: now }))
}
