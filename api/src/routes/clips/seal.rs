//! `GET /clips/{id}/seal`

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use duxue_rules::{access::Action, ids::ClipId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::SealRefusals,
};

/// Gives the seal of a clip: a DSSE envelope around its signed manifest.
///
/// With the clip and the public key, `duxue verify` checks it without this server.
#[utoipa::path(
    get,
    path = "/clips/{id}/seal",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the clip.")),
    responses(
        (status = 200, description = "The envelope.", body = Object, content_type = "application/json"),
        SealRefusals,
    ),
)]
pub async fn read_seal(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClipId>>,
) -> Result<([(HeaderName, String); 2], String), Failure> {
    let mut tx = app.store.read().await?;
    let clip = tx.clip(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(clip.institution))?;
    super::sealed(&clip)?;
    let seal = tx.clip_seal(id).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    app.log_reading(&who, "read_seal", "clip", id.0, json!({ "class": clip.class.id })).await?;
    let name = format!("attachment; filename=\"duxue-{}-{id}.seal.json\"", clip.date);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, seal.envelope))
}
