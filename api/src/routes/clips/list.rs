//! `GET /clips`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::clip::ClipFilter;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        clip::{Clip, ClipQuery},
        page::{PAGE, Page, before},
    },
    extract::{Filter, SignedIn},
    load,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the evidence clips that the reader may see.
#[utoipa::path(
    get,
    path = "/clips",
    tag = "Evidence",
    params(ClipQuery),
    responses((status = 200, description = "The clips, newest first.", body = Page<Clip>), DayRefusals),
)]
pub async fn list_clips(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<ClipQuery>,
) -> Result<Json<Page<Clip>>, Failure> {
    let institution = scope(&who, Action::ReadClip)?;
    let state = query.state.map(Into::into);
    let filter = ClipFilter { institution, class: query.class_id, session: None, state };
    let mut tx = app.store.read().await?;
    let rows = tx.clips(filter, before(query.before.as_deref())?, PAGE).await?;
    let items = load::with_policies(&mut tx, rows).await?;
    Ok(Json(Page::part(items, |clip: &Clip| clip.id.to_string())))
}
