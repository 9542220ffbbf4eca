//! `GET /findings/{id}/frames/{file}`

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::access::Action;
use serde_json::json;

use crate::{
    app::Shared,
    content::stored_picture,
    extract::{FrameName, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
};

/// Gives a frame of a finding as JPEG.
///
/// Reading it is logged.
#[utoipa::path(
    get,
    path = "/findings/{id}/frames/{file}",
    tag = "Findings",
    params(
        ("id" = Uuid, Path, description = "Identity of the finding."),
        ("file" = String, Path, description = "The frame's index and `.jpg`, such as `0.jpg`."),
    ),
    responses(
        (status = 200, description = "The picture.", body = BinaryFile, content_type = "image/jpeg"),
        ReadRefusals,
    ),
)]
pub async fn show_frame(
    State(app): State<Shared>,
    who: SignedIn,
    Params(FrameName { id, file }): Params<FrameName>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let finding = app.store.read().await?.finding(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadFinding, Some(finding.institution))?;
    let index: Option<usize> = file.strip_suffix(".jpg").and_then(|index| index.parse().ok());
    let frame = index.and_then(|index| finding.frames.get(index)).ok_or(Failure::NotFound)?;
    app.log_reading(&who, "read_frame", "finding", id.0, json!({ "class": finding.class.id })).await?;
    stored_picture(&method, &headers, &app.objects, &frame.object).await
}
