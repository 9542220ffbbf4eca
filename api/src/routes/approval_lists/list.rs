//! `GET /approval-lists`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{approval::ApprovalList, page::Page},
    extract::SignedIn,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the approval lists of all years, the newest first.
#[utoipa::path(
    get,
    path = "/approval-lists",
    tag = "Approvals",
    responses((status = 200, description = "The lists.", body = Page<ApprovalList>), PlainRefusals),
)]
pub async fn list_approval_lists(
    State(app): State<Shared>,
    who: SignedIn,
) -> Result<Json<Page<ApprovalList>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let mut tx = app.store.read().await?;
    let mut items = Vec::new();
    for list in tx.approval_lists().await? {
        let lines = tx.approved_majors(list.year, whose).await?;
        items.push(ApprovalList::of(list, lines));
    }
    Ok(Json(Page::whole(items)))
}
