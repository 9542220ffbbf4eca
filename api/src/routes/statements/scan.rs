//! `POST /statements/{id}/scans`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::StatementId};
use serde_json::json;

use super::{SUBJECT, already, shown};
use crate::{
    app::Shared,
    dto::statement::{Statement, StatementScans},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Adds the scans that show a statement's seal and the student's own signature (R7.3d). Each comes once.
#[utoipa::path(
    post,
    path = "/statements/{id}/scans",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the statement.")),
    request_body = StatementScans,
    responses((status = 200, description = "The statement with its scans.", body = Statement), WriteRefusals),
)]
pub async fn add_statement_scan(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StatementId>>,
    Body(StatementScans { seal_file_id, student_file_id }): Body<StatementScans>,
) -> Result<Json<Statement>, Failure> {
    let mut tx = app.store.begin().await?;
    let from = tx.statement(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::KeepAttendance, Some(from.institution))?;
    if seal_file_id.is_none() && student_file_id.is_none() {
        return Err(Failure::field("seal_file_id", "请至少提供一份扫描件。", "give at least one scan"));
    }
    let now = app.now();
    let mut to = from.clone();
    if let Some(file) = seal_file_id {
        named_file::own(&mut tx, "seal_file_id", file, from.institution).await?;
        if to.seal.replace(file).is_some() {
            return Err(already(Some("seal_file_id"), "已有盖章扫描件。", "The scan with the seal is there already."));
        }
        to.statement.sealed_at = Some(now);
    }
    if let Some(file) = student_file_id {
        named_file::own(&mut tx, "student_file_id", file, from.institution).await?;
        if to.student_signature.replace(file).is_some() {
            let (zh, en) = ("已有学员签字扫描件。", "The scan with the student's signature is there already.");
            return Err(already(Some("student_file_id"), zh, en));
        }
        to.statement.student_signed_at = Some(now);
    }
    tx.complete_statement(&from, &to).await?;
    let complete = to.statement.is_complete();
    let detail = json!({ "seal_file": seal_file_id, "student_file": student_file_id, "complete": complete });
    tx.audit(who.did(now, "add_statement_scan", SUBJECT, id, detail));
    let row = tx.statement(id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
