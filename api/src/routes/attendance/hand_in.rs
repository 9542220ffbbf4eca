//! `PUT /classes/{id}/months/{month}/summary`

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    attendance::{Summary, SummaryLine},
    calendar::Month,
    ids::{ClassId, StudentId},
};
use duxue_storage::monthly_summary::NewMonthlySummary as Row;
use serde_json::json;

use super::{
    Facts, SUMMARY,
    month::{in_class, month_of},
};
use crate::{
    app::{Shared, new_id},
    dto::attendance::{AttendanceMonth, NewSummary},
    extract::{Body, ClassMonth, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Hands in a month's summary 附件6 as it hangs in the classroom (R7.3c).
///
/// Handing in again adds a revision. What does not agree with punches and daily reports is taken all the same, and stands
/// among the findings of the answer.
#[utoipa::path(
    put,
    path = "/classes/{id}/months/{month}/summary",
    tag = "Attendance",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("month" = String, Path, description = "The month, `YYYY-MM`.", example = "2024-10"),
    ),
    request_body = NewSummary,
    responses((status = 200, description = "The month with its findings.", body = AttendanceMonth), WriteRefusals),
)]
pub async fn hand_in_summary(
    State(app): State<Shared>,
    who: SignedIn,
    Params(ClassMonth { id, month }): Params<ClassMonth>,
    Body(new): Body<NewSummary>,
) -> Result<Json<AttendanceMonth>, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::KeepAttendance).await?;
    let owner = class.institution.id;
    let facts = Facts::load(&mut tx, class).await?;
    in_class(&facts, month)?;
    let students: BTreeSet<StudentId> = facts.students.iter().map(|student| student.id).collect();
    let file = new.file_id;
    if let Some(file) = file {
        named_file::own(&mut tx, "file_id", file, owner).await?;
    }
    let summary = summary(id, month, new, &students)?;
    let now = app.now();
    let row = Row { id: new_id(now), file, sent_at: now, sent_by: who.id(), summary };
    let revision = tx.add_monthly_summary(&row).await?;
    let detail = json!({ "class": id, "month": month, "revision": revision });
    tx.audit(who.did(now, "hand_in_summary", SUMMARY, row.id, detail));
    let answer = month_of(&app, &mut tx, &facts, month, now).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

/// The summary as the rules take it: of students of the class, on days of the month.
fn summary(class: ClassId, month: Month, new: NewSummary, students: &BTreeSet<StudentId>) -> Result<Summary, Failure> {
    let mut wrong = Vec::new();
    let mut lines = Vec::new();
    for (index, line) in new.lines.into_iter().enumerate() {
        if !students.contains(&line.student_id) {
            let (zh, en) = ("不是本班学员。", "no student of the class");
            wrong.push(FieldProblem::shape(format!("lines[{index}].student_id"), zh, en));
        }
        if line.cells.keys().any(|&date| Month::of(date) != month) {
            let (zh, en) = ("日期不在本月。", "a day is not of this month");
            wrong.push(FieldProblem::shape(format!("lines[{index}].cells"), zh, en));
        }
        let cells = line.cells.into_iter().map(|(date, value)| (date, value.into())).collect();
        lines.push(SummaryLine { student: line.student_id, cells });
    }
    if wrong.is_empty() { Ok(Summary { class, month, lines }) } else { Err(Failure::Invalid(wrong)) }
}
