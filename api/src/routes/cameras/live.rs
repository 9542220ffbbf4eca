//! `GET /cameras/{id}/live`

use crate::dto::camera::{LiveMessage, LiveQuery};
use crate::refusals::LiveRefusals;

/// Watches a camera live, over a WebSocket.
///
/// Text messages are `LiveMessage`; binary messages are fMP4 for Media Source Extensions: the init segment after `init`, a fragment after each `fragment`. When the camera goes away the socket stays open and a new `init` comes once it is back. Who watched and how long is logged. Close codes: 1000 done, 1001 the server stops, 1008 refused or signed out, 1013 the reader was too slow.
#[utoipa::path(
    get,
    path = "/cameras/{id}/live",
    tag = "Cameras",
    params(("id" = Uuid, Path, description = "Identity of the camera."), LiveQuery),
    responses((status = 101, description = "The socket.", body = LiveMessage), LiveRefusals),
)]
pub async fn watch_live() {}
