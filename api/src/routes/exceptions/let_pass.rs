//! `POST /students/{id}/exceptions`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::{ExceptionId, StudentId},
    subsidy::LetPass,
};
use serde_json::json;

use super::{SUBJECT, about, findings, standing};
use crate::{
    app::{Shared, new_id},
    dto::exception::{Exceptions, NewException},
    extract::{Body, Id, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Lets a finding about a student pass, with the reason: it keeps the subsidy back no more, and is shown on the line.
#[utoipa::path(
    post,
    path = "/students/{id}/exceptions",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body = NewException,
    responses((status = 201, description = "How the class stands now.", body = Exceptions), WriteRefusals),
)]
pub async fn let_pass(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Body(NewException { rule, code, reason }): Body<NewException>,
) -> Result<(StatusCode, Json<Exceptions>), Failure> {
    let mut tx = app.store.begin().await?;
    let student = tx.student(id).await?.ok_or(Failure::NotFound)?;
    let class = tx.class(student.class).await?.ok_or(Failure::Internal)?;
    who.may(Action::ReckonSubsidy, Some(class.institution.id))?;
    let reason = reason.trim();
    if !(1..=2000).contains(&reason.chars().count()) {
        return Err(Failure::field("reason", "理由须为 1 至 2000 个字符。", "a reason has 1 to 2000 characters"));
    }
    let now = app.now();
    let named = findings(&app, &mut tx, &class, now).await?.into_iter().find(|finding| {
        about(finding, id) && (finding.rule.as_str(), finding.code.as_str()) == (rule.as_str(), code.as_str())
    });
    let Some(finding) = named else {
        let (zh, en) = ("该学员没有这项问题。", "there is no such finding about this student");
        return Err(Failure::Invalid(vec![FieldProblem::rule("code", "R9.4", zh, en)]));
    };
    let exception: ExceptionId = new_id(now);
    let let_pass = LetPass { finding, reason: reason.to_owned() };
    tx.add_exception(exception, (class.id, id), &let_pass, who.id(), now).await?;
    let detail = json!({ "class": class.id, "student": id, "rule": rule, "code": code });
    tx.audit(who.did(now, "let_pass", SUBJECT, exception, detail));
    let answer = standing(&app, &mut tx, &class, now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
