//! `DELETE /cameras/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::CameraId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Removes a camera.
///
/// Its recordings and clips stay.
#[utoipa::path(
    delete,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    responses((status = 204, description = "Removed."), ReadRefusals),
)]
pub async fn remove_camera(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
) -> Result<StatusCode, Failure> {
    let mut tx = app.store.begin().await?;
    let camera = super::present::standing(&mut tx, id).await?;
    who.may(Action::EditCamera, Some(camera.institution.id))?;
    let now = app.now();
    tx.remove_camera(id, camera.revision, now).await?;
    tx.audit(who.did(now, "remove_camera", "camera", id, json!({})));
    tx.commit().await?;
    app.pokes.cameras.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
