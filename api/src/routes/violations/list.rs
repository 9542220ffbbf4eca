//! `GET /violations`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::violation::ViolationFilter;

use super::shown;
use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        page::{PAGE, Page, before},
        violation::{Violation, ViolationQuery},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists charges and violations of all institutions (R7.5); an institution's people see those against their own.
#[utoipa::path(
    get,
    path = "/violations",
    tag = "Violations",
    params(ViolationQuery),
    responses((status = 200, description = "The violations, newest first.", body = Page<Violation>), DayRefusals),
)]
pub async fn list_violations(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<ViolationQuery>,
) -> Result<Json<Page<Violation>>, Failure> {
    let whose = scope(&who, Action::ReadConduct)?;
    // Of another institution nothing is there: what is asked for and what is theirs must both hold.
    if whose.is_some() && query.institution_id.is_some() && query.institution_id != whose {
        return Ok(Json(Page::whole(Vec::new())));
    }
    let filter = ViolationFilter {
        institution: whose.or(query.institution_id),
        class: query.class_id,
        state: query.state.map(Into::into),
    };
    let mut tx = app.store.read().await?;
    let rows = tx.violations_of(filter, before(query.before.as_deref())?, PAGE).await?;
    let items = shown(&mut tx, &who, rows).await?;
    Ok(Json(Page::part(items, |violation: &Violation| violation.id.to_string())))
}
