//! `GET /segments/{id}/content`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::{access::Action, ids::SegmentId};
use serde_json::json;

use super::is_below;
use crate::{
    app::Shared,
    content::{Place, Served, serve},
    extract::{Id, Params, SignedIn},
    problem::{Failure, chain},
    refusals::{BinaryFile, ContentRefusals},
};

/// Gives a recorded segment as MP4.
///
/// Answers Range requests (RFC 9110).
#[utoipa::path(
    get,
    path = "/segments/{id}/content",
    tag = "Recordings",
    params(
        ("id" = Uuid, Path, description = "Identity of the segment."),
        ("range" = Option<String>, Header, description = "`bytes=first-last` (RFC 9110, 14.2)."),
    ),
    responses(
        (status = 200, description = "The file.", body = BinaryFile, content_type = "video/mp4"),
        (status = 206, description = "A part of it.", body = BinaryFile, content_type = "video/mp4"),
        (status = 304, description = "Not modified."),
        ContentRefusals,
    ),
)]
pub async fn read_segment(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SegmentId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut tx = app.store.read().await?;
    let segment = tx.segment(id).await?.ok_or(Failure::NotFound)?;
    let camera = tx.camera(segment.camera).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    who.may(Action::WatchRecording, Some(camera.institution.id))?;
    if segment.pruned_at.is_some() || !is_below(&segment.path) {
        return Err(Failure::NotFound);
    }
    app.log_reading(&who, "read_segment", "segment", id.0, json!({ "camera": camera.id })).await?;
    let path = app.recordings_dir.join(&segment.path);
    let size = tokio::fs::metadata(&path).await.map(|file| file.len()).map_err(|error| {
        tracing::error!(segment.id = %id, error = chain(&error), "a segment's file cannot be read");
        Failure::NotFound
    })?;
    let file = Served {
        sha256: segment.sha256,
        size,
        content_type: "video/mp4",
        save_as: Some(format!("{}-{}.mp4", camera.id, segment.span.start().as_second())),
        place: Place::File(path),
    };
    serve(&method, &headers, file).await
}
