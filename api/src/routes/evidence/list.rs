//! `GET /evidence`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::Named;

use super::judge;
use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        evidence::EvidenceSummary,
        page::{Page, PageQuery, before},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Classes of one page: each is planned anew.
const CLASSES: u32 = 25;

/// Lists how the video evidence of the classes stands that the reader may see, the newest class first.
#[utoipa::path(
    get,
    path = "/evidence",
    tag = "Evidence",
    params(PageQuery),
    responses((status = 200, description = "The classes.", body = Page<EvidenceSummary>), DayRefusals),
)]
pub async fn list_evidence(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<PageQuery>,
) -> Result<Json<Page<EvidenceSummary>>, Failure> {
    let whose = scope(&who, Action::ReadClip)?;
    let after = before(query.before.as_deref())?;
    let (now, policy) = (app.now(), &app.policy.policy);
    let mut tx = app.store.read().await?;
    let classes = tx.classes(whose, after, CLASSES).await?;
    let next = classes.last().filter(|_| classes.len() == CLASSES as usize).map(|class| class.id.to_string());
    let mut items = Vec::with_capacity(classes.len());
    for class in classes {
        let judged = judge(&mut tx, class.id, now, policy).await?;
        let named = Named { id: class.id, name: class.name };
        items.push(EvidenceSummary::of(named.into(), class.institution.into(), &judged.check, &judged.plan));
    }
    Ok(Json(Page { items, next }))
}
