//! `POST /statements/{id}/signature`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::StatementId};
use serde_json::json;

use super::{SUBJECT, already, shown};
use crate::{
    app::Shared,
    dto::{
        inspection::NewSignature,
        statement::{Statement, StatementContent},
    },
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Signs a written statement as a manager of the institution (R7.3d).
#[utoipa::path(
    post,
    path = "/statements/{id}/signature",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the statement.")),
    request_body = NewSignature,
    responses((status = 201, description = "The statement with the signature.", body = Statement), WriteRefusals),
)]
pub async fn sign_statement(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StatementId>>,
    Body(NewSignature { signing }): Body<NewSignature>,
) -> Result<(StatusCode, Json<Statement>), Failure> {
    let row = app.store.read().await?.statement(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::KeepAttendance, Some(row.institution))?;
    let proof = app.prove(&who, signing).await?;

    let now = app.now();
    let mut tx = app.store.begin().await?;
    let from = tx.statement(id).await?.ok_or(Failure::NotFound)?;
    if from.statement.manager_signed_at.is_some() {
        return Err(already(None, "管理人员已签字。", "The manager has signed it already."));
    }
    let mut to = from.clone();
    to.statement.manager_signed_at = Some(now);
    tx.complete_statement(&from, &to).await?;
    proof.sign(&mut tx, now, (SUBJECT, id), &StatementContent::of(&from), "institution_manager").await?;
    let complete = to.statement.is_complete();
    tx.audit(who.did(now, "sign_statement", SUBJECT, id, json!({ "complete": complete })));
    let row = tx.statement(id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
