//! `POST /students/{id}/id-number`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::StudentId};
use serde_json::json;

use super::owner;
use crate::{
    app::Shared,
    dto::{
        refs::Text,
        student_papers::{RevealRequest, RevealedNumber},
    },
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Shows a student's ID number in full.
///
/// A POST, as each time it is asked for is written into the audit log, with the reason, before the answer leaves.
#[utoipa::path(
    post,
    path = "/students/{id}/id-number",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body = RevealRequest,
    responses((status = 200, description = "The number.", body = RevealedNumber), WriteRefusals),
)]
pub async fn reveal_number(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Body(RevealRequest { reason }): Body<RevealRequest>,
) -> Result<Json<RevealedNumber>, Failure> {
    let mut tx = app.store.begin().await?;
    let (_, institution) = owner(&mut tx, id).await?;
    who.may(Action::RevealPerson, Some(institution))?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(Failure::field("reason", "请填写理由，1 至 500 个字符。", "a reason has 1 to 500 characters"));
    }
    let number =
        tx.papers(id, &app.secret).await?.and_then(|papers| papers.number).ok_or_else(|| Failure::Conflict {
            field: Some("id_number".to_owned()),
            text: Text::new("尚未登记身份证号码。", "no ID number was recorded yet"),
        })?;
    tx.audit(who.did(app.now(), "reveal_id_number", "student", id, json!({ "reason": reason })));
    tx.commit().await?;
    Ok(Json(RevealedNumber { id_number: number.expose().to_owned() }))
}
