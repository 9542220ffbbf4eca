//! `GET /clips/{id}/content`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::{access::Action, ids::ClipId};
use serde_json::json;

use crate::{
    app::Shared,
    content::{Place, Served, serve, size_of},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ContentRefusals},
};

/// Gives a sealed clip as MP4.
///
/// Answers Range requests (RFC 9110); the ETag is its SHA-256. Reading it is logged.
#[utoipa::path(
    get,
    path = "/clips/{id}/content",
    tag = "Evidence",
    params(
        ("id" = Uuid, Path, description = "Identity of the clip."),
        ("range" = Option<String>, Header, description = "`bytes=first-last` (RFC 9110, 14.2)."),
    ),
    responses(
        (status = 200, description = "The file.", body = BinaryFile, content_type = "video/mp4"),
        (status = 206, description = "A part of it.", body = BinaryFile, content_type = "video/mp4"),
        (status = 304, description = "Not modified."),
        ContentRefusals,
    ),
)]
pub async fn read_clip(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClipId>>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let clip = app.store.read().await?.clip(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClip, Some(clip.institution))?;
    let sealed = super::sealed(&clip)?.clone();
    app.log_reading(&who, "read_clip", "clip", id.0, json!({ "class": clip.class.id })).await?;
    let size = size_of(&app.objects, &sealed.object_key).await?;
    let file = Served {
        sha256: sealed.sha256,
        size,
        content_type: "video/mp4",
        save_as: Some(format!("duxue-{}-{id}.mp4", clip.date)),
        place: Place::Object(app.objects.clone(), sealed.object_key),
    };
    serve(&method, &headers, file).await
}
