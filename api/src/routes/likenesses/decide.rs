//! `POST /likenesses/{id}/decision`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::LikenessId};
use serde_json::json;

use super::{owner, shown};
use crate::{
    app::Shared,
    dto::likeness::{Likeness, NewLikenessDecision},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Says whether two videos show the same, with the reason.
///
/// Only an open likeness can be decided, and only once. Of two that are confirmed to show the same only one may count as
/// evidence; while one is open, none of the two can be taken.
#[utoipa::path(
    post,
    path = "/likenesses/{id}/decision",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the likeness.")),
    request_body = NewLikenessDecision,
    responses((status = 200, description = "The likeness as it is now.", body = Likeness), WriteRefusals),
)]
pub async fn decide_likeness(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<LikenessId>>,
    Body(NewLikenessDecision { outcome, reason }): Body<NewLikenessDecision>,
) -> Result<Json<Likeness>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.likeness(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideFinding, Some(owner(&mut tx, &row).await?))?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Failure::field("reason", "请填写理由。", "say why, in a word at least"));
    }
    let now = app.now();
    tx.decide_likeness(id, outcome.into(), who.id(), now, reason).await?;
    tx.audit(who.did(now, "decide_likeness", "likeness", id, json!({ "outcome": outcome, "reason": reason })));
    let row = tx.likeness(id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
