//! `POST /cameras`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::camera::NewCamera as Row;
use serde_json::json;

use crate::{
    address::{Address, pair},
    app::{Shared, new_id},
    authorise::authorise_named,
    dto::camera::{Camera, NewCamera, Transport},
    extract::{Body, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Adds a camera.
///
/// It is connected to at once. Its credentials are kept encrypted and never shown.
#[utoipa::path(
    post,
    path = "/cameras",
    tag = "Cameras",
    request_body = NewCamera,
    responses((status = 201, description = "The camera.", body = Camera), WriteRefusals),
)]
pub async fn add_camera(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewCamera>,
) -> Result<(StatusCode, Json<Camera>), Failure> {
    let mut tx = app.store.begin().await?;
    let venue = tx.venue(new.venue_id).await?;
    authorise_named(&who, Action::EditCamera, venue.map(|venue| venue.institution.id))?;
    let (main, sub) = addresses(&new).map_err(Failure::Invalid)?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        venue: new.venue_id,
        name: new.name.trim().to_owned(),
        main_url: main.url,
        sub_url: sub.map(|sub| sub.url),
        credentials: main.credentials,
        transport: new.transport.unwrap_or(Transport::Tcp).into(),
        enabled: true,
        created_at: now,
    };
    tx.add_camera(&row, &app.secret).await?;
    tx.audit(who.did(now, "add_camera", "camera", row.id, json!({ "venue": row.venue })));
    let camera = tx.camera(row.id).await?.ok_or(Failure::Internal)?;
    let camera = super::present::one(&app, &mut tx, &who, camera).await?;
    tx.commit().await?;
    app.pokes.cameras.notify_one();
    Ok((StatusCode::CREATED, Json(camera)))
}

/// Both addresses, or everything that is wrong with them.
fn addresses(new: &NewCamera) -> Result<(Address, Option<Address>), Vec<FieldProblem>> {
    let main = Address::parse("main_url", &new.main_url);
    let sub = new.sub_url.as_deref().filter(|url| !url.trim().is_empty());
    let sub = sub.map(|url| Address::parse("sub_url", url)).transpose();
    match (main, sub) {
        (Ok(main), Ok(sub)) => match sub.as_ref().map_or(Ok(()), |sub| pair(&main, sub)) {
            Ok(()) => Ok((main, sub)),
            Err(problem) => Err(vec![problem]),
        },
        (main, sub) => Err([main.err(), sub.err()].into_iter().flatten().collect()),
    }
}
