//! `PATCH /cameras/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::CameraId};
use duxue_storage::camera::{Camera as Row, CameraChange as Change};
use serde_json::json;

use crate::{
    address::{Address, pair},
    app::Shared,
    dto::camera::{Camera, CameraChange},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Changes a camera.
///
/// No other camera is disturbed.
#[utoipa::path(
    patch,
    path = "/cameras/{id}",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera.")),
    request_body = CameraChange,
    responses((status = 200, description = "The camera as it is now.", body = Camera), WriteRefusals),
)]
pub async fn change_camera(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Body(wanted): Body<CameraChange>,
) -> Result<Json<Camera>, Failure> {
    let mut tx = app.store.begin().await?;
    let camera = super::present::standing(&mut tx, id).await?;
    who.may(Action::EditCamera, Some(camera.institution.id))?;
    let change = plan(&camera, &wanted).map_err(|problem| Failure::Invalid(vec![problem]))?;
    tx.change_camera(id, camera.revision, &change, &app.secret).await?;
    // Which fields, never their values: an address may be a secret of the house.
    let fields = json!({
        "name": wanted.name.is_some(),
        "main_url": wanted.main_url.is_some(),
        "sub_url": wanted.sub_url.is_some(),
        "transport": wanted.transport.is_some(),
        "enabled": wanted.enabled,
    });
    tx.audit(who.did(app.now(), "change_camera", "camera", id, fields));
    let camera = super::present::standing(&mut tx, id).await?;
    let camera = super::present::one(&app, &mut tx, &who, camera).await?;
    tx.commit().await?;
    app.pokes.cameras.notify_one();
    Ok(Json(camera))
}

/// What to store. Stored credentials stay with their host: they are not sent to wherever a new address points.
fn plan(camera: &Row, wanted: &CameraChange) -> Result<Change, FieldProblem> {
    let stored = Address::parse("main_url", &camera.main_url)?;
    let main = wanted.main_url.as_deref().map(|url| Address::parse("main_url", url)).transpose()?;
    let sub = match wanted.sub_url.as_deref().map(str::trim) {
        None => camera.sub_url.as_deref().map(|url| Address::parse("sub_url", url)).transpose()?,
        Some("") => None,
        Some(url) => Some(Address::parse("sub_url", url)?),
    };
    if let Some(sub) = &sub {
        pair(main.as_ref().unwrap_or(&stored), sub)?;
    }
    let credentials = match &main {
        Some(main) if main.credentials.is_some() || main.host != stored.host => Some(main.credentials.clone()),
        Some(_) | None => None,
    };
    Ok(Change {
        name: wanted.name.as_deref().map(|name| name.trim().to_owned()),
        main_url: main.map(|main| main.url),
        sub_url: wanted.sub_url.is_some().then(|| sub.map(|sub| sub.url)),
        credentials,
        transport: wanted.transport.map(Into::into),
        enabled: wanted.enabled,
    })
}
