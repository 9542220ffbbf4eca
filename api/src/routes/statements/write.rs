//! `POST /classes/{id}/statements`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, attendance, calendar::Dates, ids::ClassId};
use duxue_storage::{class::Class, statement::NewStatement as Row};
use serde_json::json;

use super::{SUBJECT, shown};
use crate::{
    app::{Shared, new_id},
    dto::statement::{NewStatement, Statement},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

const RULE: &str = "R7.3d";
/// The most characters of what happened.
const MOST: usize = 2000;

/// Writes a statement of why a student's punches are missing (R7.3d).
///
/// It stands in place of a punch once the manager has signed it and the scans with the seal and the student's own
/// signature are there.
#[utoipa::path(
    post,
    path = "/classes/{id}/statements",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewStatement,
    responses((status = 201, description = "The statement, still unsigned.", body = Statement), WriteRefusals),
)]
pub async fn write_statement(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewStatement>,
) -> Result<(StatusCode, Json<Statement>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepAttendance).await?;
    if !load::students(&mut tx, id).await?.iter().any(|student| student.id == new.student_id) {
        return Err(Failure::field("student_id", "不是本班学员。", "no student of the class"));
    }
    let dates = check(&new, &class).map_err(Failure::Invalid)?;
    let now = app.now();
    let statement = attendance::Statement {
        id: new_id(now),
        student: new.student_id,
        dates,
        sides: new.sides.into_iter().map(Into::into).collect(),
        cause: new.cause.into(),
        text: new.text.trim().to_owned(),
        manager_signed_at: None,
        sealed_at: None,
        student_signed_at: None,
    };
    let detail = json!({
        "class": id,
        "student": statement.student,
        "dates": statement.dates,
        "sides": statement.sides,
        "cause": statement.cause,
    });
    let written = statement.id;
    let row =
        Row { class: id, recorded_at: now, recorded_by: who.id(), seal: None, student_signature: None, statement };
    tx.add_statement(&row).await?;
    tx.audit(who.did(now, "write_statement", SUBJECT, written, detail));
    let kept = tx.statement(written).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, kept).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// The days that it is about, or everything that is wrong with it.
fn check(new: &NewStatement, class: &Class) -> Result<Dates, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let mut problem = |field, zh: String, en: &str| wrong.push(FieldProblem::rule(field, RULE, zh, en));
    let dates = Dates::through(new.first_on, new.last_on).ok();
    if dates.is_none() {
        problem("last_on", "结束日期不得早于开始日期。".to_owned(), "it ends no earlier than it starts");
    } else if new.first_on < class.starts_on || new.last_on > class.ends_on {
        let zh = format!("日期须在班期 {} 至 {} 之内。", class.starts_on, class.ends_on);
        problem("first_on", zh, "the days are days of the class");
    }
    if new.sides.is_empty() {
        problem("sides", "请选择签到或签退。".to_owned(), "it is in place of at least one punch");
    }
    if new.text.trim().is_empty() || new.text.chars().count() > MOST {
        problem("text", format!("情况说明须为 1 至 {MOST} 个字符。"), "what happened has 1 to 2000 characters");
    }
    match dates {
        Some(dates) if wrong.is_empty() => Ok(dates),
        _ => Err(wrong),
    }
}
