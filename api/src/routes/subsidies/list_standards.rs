//! `GET /subsidy-standards`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        page::{PAGE, Page, PageQuery, before},
        subsidy::SubsidyStandard,
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists subsidy standards, the newest first. The newest of a major and year counts.
#[utoipa::path(
    get,
    path = "/subsidy-standards",
    tag = "Settlement",
    params(PageQuery),
    responses((status = 200, description = "The standards.", body = Page<SubsidyStandard>), DayRefusals),
)]
pub async fn list_standards(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<SubsidyStandard>>, Failure> {
    // They are everybody's: an institution claims by them.
    scope(&who, Action::ReadSubsidy)?;
    let rows = app.store.read().await?.standards(before(page.before.as_deref())?, PAGE).await?;
    let items = rows.into_iter().map(Into::into).collect();
    Ok(Json(Page::part(items, |standard: &SubsidyStandard| standard.id.to_string())))
}
