//! `GET /devices`

use axum::{Json, extract::State, response::IntoResponse};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{device::Device, page::Page},
    extract::SignedIn,
    layers::etag::Moving,
    problem::Failure,
    refusals::PlainRefusals,
};

/// Lists the check-in devices that the reader may see, withdrawn ones too.
#[utoipa::path(
    get,
    path = "/devices",
    tag = "Attendance",
    responses((status = 200, description = "The devices, oldest first.", body = Page<Device>), PlainRefusals),
)]
pub async fn list_devices(State(app): State<Shared>, who: SignedIn) -> Result<impl IntoResponse, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let rows = app.store.read().await?.devices(whose).await?;
    let devices: Page<Device> = Page::whole(rows.into_iter().map(Into::into).collect());
    Ok(Moving(&["last_seen_at"]).within(Json(devices)))
}
