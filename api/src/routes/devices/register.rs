//! `POST /devices`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::{device::NewDevice as Row, sign_in::Token};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    authorise::authorise_named,
    credentials::random,
    dto::device::{NewDevice, RegisteredDevice},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Registers a check-in device of a classroom (R7.3a).
///
/// The answer holds the device's token, once. With it the device may send punches of its classroom, and nothing else.
#[utoipa::path(
    post,
    path = "/devices",
    tag = "Attendance",
    request_body = NewDevice,
    responses((status = 201, description = "The device and its token.", body = RegisteredDevice), WriteRefusals),
)]
pub async fn register_device(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewDevice>,
) -> Result<(StatusCode, Json<RegisteredDevice>), Failure> {
    let mut tx = app.store.begin().await?;
    let venue = tx.venue(new.venue_id).await?;
    authorise_named(&who, Action::EditDevice, venue.map(|venue| venue.institution.id))?;
    let token = random(Token::random())?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        venue: new.venue_id,
        name: new.name.trim().to_owned(),
        token: token.hash(),
        created_at: now,
        created_by: who.id(),
    };
    tx.add_device(&row).await?;
    tx.audit(who.did(now, "register_device", "device", row.id, json!({ "venue": row.venue })));
    let device = tx.device(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    let registered = RegisteredDevice { device: device.into(), token: token.secret().to_owned() };
    Ok((StatusCode::CREATED, Json(registered)))
}
