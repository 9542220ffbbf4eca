//! `POST /classes/{id}/messages`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId};
use duxue_storage::message;
use serde_json::json;

use super::{SUBJECT, side};
use crate::{
    app::{Shared, new_id},
    dto::message::{Message, NewMessage},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::Failure,
    refusals::WriteRefusals,
};

/// The most files that go along with a message.
const FILES: usize = 20;

/// Writes to the other side about a class (R7.6). What is sent stays as it is.
#[utoipa::path(
    post,
    path = "/classes/{id}/messages",
    tag = "Messages",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewMessage,
    responses((status = 201, description = "The message.", body = Message), WriteRefusals),
)]
pub async fn send_message(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewMessage { text, files }): Body<NewMessage>,
) -> Result<(StatusCode, Json<Message>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::SendMessage).await?;
    if files.len() > FILES {
        return Err(Failure::field("files", "最多附 20 个文件。", "at most 20 files go along"));
    }
    for (index, &file) in files.iter().enumerate() {
        // The institution's own: both sides can open it.
        named_file::own(&mut tx, &format!("files[{index}]"), file, class.institution.id).await?;
    }
    let now = app.now();
    let message = message::NewMessage {
        id: new_id(now),
        class: id,
        side: side(&who),
        sent_by: who.id(),
        sent_at: now,
        text: text.trim().to_owned(),
        files,
    };
    tx.add_message(&message).await?;
    // More people may read the log than the message: it says that there is one, not what it says.
    tx.audit(who.did(now, "send_message", SUBJECT, message.id, json!({ "class": id, "files": message.files })));
    let sent = tx.message(message.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Message::of(sent, &[]))))
}
