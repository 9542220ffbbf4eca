//! `GET /draws`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use super::shown;
use crate::{
    app::Shared,
    dto::{
        draw::SupervisionDraw,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the draws of whom to look at, each with its seed and everything that its weights came from.
#[utoipa::path(
    get,
    path = "/draws",
    tag = "Supervision",
    params(PageQuery),
    responses((status = 200, description = "The draws, newest first.", body = Page<SupervisionDraw>), DayRefusals),
)]
pub async fn list_draws(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<SupervisionDraw>>, Failure> {
    who.may(Action::ReadSupervision, None)?;
    let mut tx = app.store.read().await?;
    let rows = tx.selections(before(page.before.as_deref())?, PAGE).await?;
    let items = shown(&mut tx, rows).await?;
    Ok(Json(Page::part(items, |draw: &SupervisionDraw| draw.id.to_string())))
}
