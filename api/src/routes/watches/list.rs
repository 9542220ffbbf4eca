//! `GET /watches`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{
        audit::Watch,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists who watched what and how long.
#[utoipa::path(
    get,
    path = "/watches",
    tag = "Log",
    params(PageQuery),
    responses((status = 200, description = "The watches, newest first.", body = Page<Watch>), DayRefusals),
)]
pub async fn list_watches(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<Watch>>, Failure> {
    who.may(Action::ReadAudit, None)?;
    let rows = app.store.read().await?.watches(before(page.before.as_deref())?, PAGE).await?;
    let items = rows.into_iter().map(Watch::from).collect();
    Ok(Json(Page::part(items, |watch: &Watch| watch.id.to_string())))
}
