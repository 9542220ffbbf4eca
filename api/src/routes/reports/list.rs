//! `GET /classes/{id}/reports`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};
use jiff::civil::Date;

use crate::{
    app::Shared,
    dto::{
        page::{PAGE, Page, PageQuery, before},
        report::Report,
    },
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists the daily reports of a class, the newest revision of each day.
#[utoipa::path(
    get,
    path = "/classes/{id}/reports",
    tag = "Reports",
    params(("id" = Uuid, Path, description = "Identity of the class."), PageQuery),
    responses((status = 200, description = "The reports, newest day first.", body = Page<Report>), ReadRefusals),
)]
pub async fn list_reports(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<Report>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let rows = tx.reports(id, before::<Date>(page.before.as_deref())?, PAGE).await?;
    let items = rows.into_iter().map(Report::from).collect();
    Ok(Json(Page::part(items, |report: &Report| report.date.to_string())))
}
