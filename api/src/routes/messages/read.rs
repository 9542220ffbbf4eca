//! `PUT /classes/{id}/messages/read`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId};
use serde_json::json;

use super::{SUBJECT, side};
use crate::{
    app::Shared,
    dto::message::NewReadMark,
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Notes how far one's own side has read. It only moves forward.
#[utoipa::path(
    put,
    path = "/classes/{id}/messages/read",
    tag = "Messages",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewReadMark,
    responses((status = 204, description = "Noted."), WriteRefusals),
)]
pub async fn mark_read(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewReadMark { up_to }): Body<NewReadMark>,
) -> Result<StatusCode, Failure> {
    let mut tx = app.store.begin().await?;
    who.class(&mut tx, id, Action::SendMessage).await?;
    if !tx.is_message_of(id, up_to).await? {
        return Err(Failure::field("up_to", "本班没有这条消息。", "there is no such message about this class"));
    }
    let now = app.now();
    if tx.mark_read(id, side(&who), up_to, who.id(), now).await? {
        tx.audit(who.did(now, "read_messages", SUBJECT, up_to, json!({ "class": id })));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
