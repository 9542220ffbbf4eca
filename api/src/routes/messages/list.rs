//! `GET /classes/{id}/messages`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::{
        message::Message,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the messages about a class.
#[utoipa::path(
    get,
    path = "/classes/{id}/messages",
    tag = "Messages",
    params(("id" = Uuid, Path, description = "Identity of the class."), PageQuery),
    responses((status = 200, description = "The messages, newest first.", body = Page<Message>), ReadRefusals),
)]
pub async fn list_messages(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<Message>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = tx.messages(id, before(page.before.as_deref())?, PAGE).await?;
    let marks = tx.read_marks(id).await?;
    let items = rows.into_iter().map(|row| Message::of(row, &marks)).collect();
    Ok(Json(Page::part(items, |message: &Message| message.id.to_string())))
}
