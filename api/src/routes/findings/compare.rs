//! `GET /findings/{id}/comparison`

use axum::{Json, extract::State};
use base64::{Engine, engine::general_purpose::STANDARD};
use duxue_rules::{access::Action, ids::FindingId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::comparison::{Comparison, RosterPicture, SeenFace},
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the student whom a finding is about as enrolled, beside the faces in its frames that were taken for them.
///
/// Nothing is shown of a finding that is about nobody, or of somebody who took back their consent. Reading it is logged.
#[utoipa::path(
    get,
    path = "/findings/{id}/comparison",
    tag = "Findings",
    params(("id" = Uuid, Path, description = "Identity of the finding.")),
    responses((status = 200, description = "Both sides.", body = Comparison), ReadRefusals),
)]
pub async fn compare_faces(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<FindingId>>,
) -> Result<Json<Comparison>, Failure> {
    let mut tx = app.store.read().await?;
    let finding = tx.finding(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadFinding, Some(finding.institution))?;
    let Some(subject) = finding.subject else { return Ok(Json(Comparison::default())) };
    let agreed = tx.student(subject.id).await?.is_some_and(|student| student.face_consent_at.is_some());
    let portrait = if agreed { tx.portrait(subject.id, &app.secret).await? } else { None };
    drop(tx);
    let detail = json!({ "class": finding.class.id, "student": subject.id, "portrait": portrait.is_some() });
    app.log_reading(&who, "compare_faces", "finding", id.0, detail).await?;
    let roster_picture = portrait.map(|portrait| RosterPicture {
        jpeg_base64: STANDARD.encode(&portrait.jpeg),
        taken_in_at: portrait.created_at,
    });
    let seen = SeenFace::of(&finding.frames, subject.id);
    Ok(Json(Comparison { student: Some(subject.into()), roster_picture, seen }))
}
