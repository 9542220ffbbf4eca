//! `GET /cameras`

use axum::{Json, extract::State, response::IntoResponse};
use duxue_rules::access::Action;

use super::present::MOVING;
use crate::{
    app::Shared,
    authorise::scope,
    dto::{camera::Camera, page::Page},
    extract::SignedIn,
    load,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the cameras that the reader may see, with how they do.
#[utoipa::path(
    get,
    path = "/cameras",
    tag = "Cameras",
    responses((status = 200, description = "The cameras, by venue and name.", body = Page<Camera>), PlainRefusals),
)]
pub async fn list_cameras(State(app): State<Shared>, who: SignedIn) -> Result<impl IntoResponse, Failure> {
    let whose = scope(&who, Action::ReadCameraHealth)?;
    let mut tx = app.store.read().await?;
    let mut rows = load::cameras(&mut tx, whose).await?;
    rows.sort_by(|a, b| (&a.venue.name, &a.name).cmp(&(&b.venue.name, &b.name)));
    Ok(MOVING.within(Json(Page::whole(super::present::all(&app, &mut tx, &who, rows).await?))))
}
