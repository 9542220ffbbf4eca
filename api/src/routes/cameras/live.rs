//! `GET /cameras/{id}/live`

use axum::{
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    response::Response,
};
use duxue_rules::{access::Action, ids::CameraId};

use super::socket::Viewer;
use crate::{
    app::Shared,
    dto::camera::{LiveMessage, LiveQuery, Stream},
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::LiveRefusals,
};

/// Watches a camera live, over a WebSocket.
///
/// Text messages are `LiveMessage`; binary messages are fMP4 for Media Source Extensions: the init segment after
/// `init`, a fragment after each `fragment`. When the camera goes away the socket stays open and a new `init`
/// comes once it is back. Who watched and how long is logged. Close codes: 1000 done, 1001 the server stops, 1008
/// refused or signed out, 1013 the reader was too slow.
#[utoipa::path(
    get,
    path = "/cameras/{id}/live",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera."), LiveQuery),
    responses((status = 101, description = "The socket.", body = LiveMessage), LiveRefusals),
)]
pub async fn watch_live(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<CameraId>>,
    Filter(LiveQuery { stream }): Filter<LiveQuery>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    let camera = super::present::standing(&mut app.store.read().await?, id).await?;
    who.may(Action::WatchLive, Some(camera.institution.id))?;
    if stream == Stream::Sub && camera.sub_url.is_none() {
        return Err(Failure::NotFound);
    }
    let upgrade = upgrade.map_err(|_| Failure::UpgradeRequired)?;
    let tracker = app.tracker.clone();
    let viewer = Viewer { app, who, camera: id, stream };
    // A viewer has nothing to say but "close" and "pong".
    Ok(upgrade.max_message_size(1024).on_upgrade(move |socket| tracker.track_future(viewer.watch(socket))))
}
