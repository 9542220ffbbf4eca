//! `DELETE /devices/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::DeviceId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Withdraws a check-in device: its token is good for nothing from now on. What it sent stays.
#[utoipa::path(
    delete,
    path = "/devices/{id}",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the device.")),
    responses((status = 204, description = "Withdrawn."), WriteRefusals),
)]
pub async fn withdraw_device(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<DeviceId>>,
) -> Result<StatusCode, Failure> {
    let mut tx = app.store.begin().await?;
    let device = tx.device(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::EditDevice, Some(device.institution))?;
    let now = app.now();
    tx.withdraw_device(id, now, who.id()).await?;
    tx.audit(who.did(now, "withdraw_device", "device", id, json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
