//! `POST /classes/{id}/spot-check-results`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId, verification::SpotCheckResult};
use serde_json::json;

use super::{SUBJECT, draw::refused, shown};
use crate::{
    app::Shared,
    dto::subsidy::{NewSpotCheckResult, SpotChecks},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Records what the centre's own query said of a drawn student, once (R4.4).
///
/// Where it says something else than the institution's, nothing of the class is paid.
#[utoipa::path(
    post,
    path = "/classes/{id}/spot-check-results",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewSpotCheckResult,
    responses((status = 201, description = "The spot checks of the class.", body = SpotChecks), WriteRefusals),
)]
pub async fn record_spot_check(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewSpotCheckResult { student_id, agrees, note }): Body<NewSpotCheckResult>,
) -> Result<(StatusCode, Json<SpotChecks>), Failure> {
    let mut tx = app.store.begin().await?;
    who.class(&mut tx, id, Action::ReckonSubsidy).await?;
    let draws = tx.spot_checks(id).await?;
    let Some(draw) = draws.iter().rev().find(|row| row.check.draw.drawn.contains(&student_id.0)) else {
        return Err(refused("student_id", "该学员未被抽中。", "this student was not drawn"));
    };
    let note = note.trim();
    if !agrees && note.is_empty() {
        return Err(refused("note", "结果不一致的，说明情况。", "where it says something else, say what"));
    }
    let now = app.now();
    let result = SpotCheckResult { student: student_id, agrees };
    tx.add_spot_check_result(id, result, note, who.id(), now).await?;
    let detail = json!({ "class": id, "student": student_id, "agrees": agrees });
    tx.audit(who.did(now, "record_spot_check", SUBJECT, draw.id, detail));
    let answer = shown(&mut tx, id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
