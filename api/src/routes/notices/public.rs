//! `GET /notices`, `GET /notices/{id}`: open to anyone while they hang.

use axum::{Json, extract::State};
use duxue_rules::{civil, ids::NoticeId};

use crate::{
    app::Shared,
    dto::{
        notice::PublicNotice,
        page::{PAGE, Page, PageQuery, before},
    },
    extract::{Filter, Id, Params},
    problem::Failure,
    refusals::OpenRefusals,
};

/// Lists the public notices that hang today, the newest first (R10.1).
///
/// Open to anyone: numbers are masked, and a notice whose days are over is no longer here.
#[utoipa::path(
    get,
    path = "/notices",
    tag = "Notices",
    security(()),
    params(PageQuery),
    responses((status = 200, description = "The notices.", body = Page<PublicNotice>), OpenRefusals),
)]
pub async fn list_public_notices(
    State(app): State<Shared>,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<PublicNotice>>, Failure> {
    let (today, before) = (civil::date_of(app.now()), before(page.before.as_deref())?);
    let rows = app.store.read().await?.hanging_notices(today, before, PAGE).await?;
    let items = rows.iter().map(PublicNotice::from).collect();
    Ok(Json(Page::part(items, |notice: &PublicNotice| notice.id.to_string())))
}

/// Shows a public notice while it hangs (R10.1). Open to anyone.
#[utoipa::path(
    get,
    path = "/notices/{id}",
    tag = "Notices",
    security(()),
    params(("id" = Uuid, Path, description = "Identity of the notice.")),
    responses((status = 200, description = "The notice.", body = PublicNotice), OpenRefusals),
)]
pub async fn show_public_notice(
    State(app): State<Shared>,
    Params(Id { id }): Params<Id<NoticeId>>,
) -> Result<Json<PublicNotice>, Failure> {
    let today = civil::date_of(app.now());
    let row = app.store.read().await?.hanging_notice(id, today).await?.ok_or(Failure::NotFound)?;
    Ok(Json(PublicNotice::from(&row)))
}
