//! `GET /policies`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        page::{PAGE, Page, PageQuery, before},
        policy::PolicyVersion,
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists every version of the policy with what it changed, field by field.
#[utoipa::path(
    get,
    path = "/policies",
    tag = "Policies",
    params(PageQuery),
    responses((status = 200, description = "The versions, newest first.", body = Page<PolicyVersion>), DayRefusals),
)]
pub async fn list_policies(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<PolicyVersion>>, Failure> {
    scope(&who, Action::ReadClass)?;
    // One more than is shown: the last one's changes are told against it.
    let rows = app.store.read().await?.policy_versions(before(page.before.as_deref())?, PAGE + 1).await?;
    let numbers: Vec<_> = rows.iter().skip(1).map(|row| row.numbers.clone()).collect();
    let versions = rows.into_iter().take(PAGE as usize).enumerate();
    let items = versions.map(|(at, row)| PolicyVersion::of(row, numbers.get(at))).collect();
    Ok(Json(Page::part(items, |version: &PolicyVersion| version.version.to_string())))
}
