//! `GET /classes/{id}/sessions`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};
use jiff::Timestamp;

use crate::{
    app::Shared,
    dto::{
        class::Session,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the teaching sessions of a class.
#[utoipa::path(
    get,
    path = "/classes/{id}/sessions",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class."), PageQuery),
    responses((status = 200, description = "The sessions, newest first.", body = Page<Session>), ReadRefusals),
)]
pub async fn list_sessions(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<Session>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = tx.sessions_of_class(id, before::<Timestamp>(page.before.as_deref())?, PAGE).await?;
    let items = rows.into_iter().map(Session::from).collect();
    Ok(Json(Page::part(items, |session: &Session| session.starts_at.to_string())))
}
