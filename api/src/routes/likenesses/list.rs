//! `GET /likenesses`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::likeness::LikenessFilter;

use super::shown;
use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        likeness::{Likeness, LikenessQuery},
        page::{PAGE, Page, before},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists videos that seem to show the same.
#[utoipa::path(
    get,
    path = "/likenesses",
    tag = "Evidence",
    params(LikenessQuery),
    responses((status = 200, description = "The likenesses, newest first.", body = Page<Likeness>), DayRefusals),
)]
pub async fn list_likenesses(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<LikenessQuery>,
) -> Result<Json<Page<Likeness>>, Failure> {
    scope(who.actor, Action::ReadFinding)?;
    let filter = LikenessFilter { class: query.class_id, upload: query.upload_id, state: query.state.map(Into::into) };
    let mut tx = app.store.read().await?;
    let rows = tx.likenesses(filter, before(query.before.as_deref())?, PAGE).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(shown(&mut tx, row).await?);
    }
    Ok(Json(Page::part(items, |likeness: &Likeness| likeness.id.to_string())))
}
