//! `GET /uploads`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::upload::UploadFilter;

use super::show::with_progress;
use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        page::{PAGE, Page, before},
        upload::{Upload, UploadQuery},
    },
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the videos that were handed in, as far as the reader may see them.
#[utoipa::path(
    get,
    path = "/uploads",
    tag = "Evidence",
    params(UploadQuery),
    responses((status = 200, description = "The uploads, newest first.", body = Page<Upload>), DayRefusals),
)]
pub async fn list_uploads(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(query): Filter<UploadQuery>,
) -> Result<Json<Page<Upload>>, Failure> {
    let institution = scope(&who, Action::ReadClip)?;
    let filter = UploadFilter { institution, class: query.class_id, state: query.state.map(Into::into) };
    let rows = app.store.read().await?.uploads(filter, before(query.before.as_deref())?, PAGE).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(with_progress(&app, row).await?);
    }
    Ok(Json(Page::part(items, |upload: &Upload| upload.id.to_string())))
}
