//! `GET /findings`

use std::collections::{HashMap, hash_map::Entry};

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::finding::FindingFilter;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        finding::{Finding, FindingQuery},
        page::{PAGE, Page, before},
    },
    extract::{Filter, SignedIn},
    load,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists findings.
#[utoipa::path(
    get,
    path = "/findings",
    tag = "Findings",
    params(FindingQuery),
    responses((status = 200, description = "The findings, newest first.", body = Page<Finding>), DayRefusals),
)]
pub async fn list_findings(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<FindingQuery>,
) -> Result<Json<Page<Finding>>, Failure> {
    let institution = scope(&who, Action::ReadFinding)?;
    let filter = FindingFilter { institution, class: query.class_id, state: query.state.map(Into::into) };
    let mut tx = app.store.read().await?;
    let rows = tx.findings(filter, before(query.before.as_deref())?, PAGE).await?;
    let cameras = load::frame_cameras(&mut tx, &rows).await?;
    let mut names = HashMap::new();
    let mut items = Vec::new();
    for row in rows {
        let of_class = match names.entry(row.class.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(load::student_names(&mut tx, row.class.id).await?),
        };
        items.push(Finding::of(row, of_class, &cameras));
    }
    Ok(Json(Page::part(items, |finding: &Finding| finding.id.to_string())))
}
