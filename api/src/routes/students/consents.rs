//! `/students/{id}/consents`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::StudentId};
use duxue_storage::consent::NewConsent as Row;
use serde_json::json;

use super::owner;
use crate::{
    app::Shared,
    dto::{
        page::Page,
        student_papers::{Consent, NewConsent},
    },
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::{Failure, FieldProblem},
    refusals::{ReadRefusals, WriteRefusals},
};

/// Shows the ledger of a student's separate consent to face recognition.
#[utoipa::path(
    get,
    path = "/students/{id}/consents",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    responses((status = 200, description = "Every line, oldest first.", body = Page<Consent>), ReadRefusals),
)]
pub async fn list_consents(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
) -> Result<Json<Page<Consent>>, Failure> {
    let mut tx = app.store.read().await?;
    let (_, institution) = owner(&mut tx, id).await?;
    who.may(Action::ReadClass, Some(institution))?;
    let rows = tx.consents(id).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}

/// Records that a student consents to face recognition, or takes it back.
///
/// Taken back, their face templates are deleted in the same breath.
#[utoipa::path(
    post,
    path = "/students/{id}/consents",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body = NewConsent,
    responses((status = 201, description = "The ledger as it is now.", body = Page<Consent>), WriteRefusals),
)]
pub async fn add_consent(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Body(new): Body<NewConsent>,
) -> Result<(StatusCode, Json<Page<Consent>>), Failure> {
    let mut tx = app.store.begin().await?;
    let (student, institution) = owner(&mut tx, id).await?;
    who.may(Action::EditRoster, Some(institution))?;
    let now = app.now();
    let mut wrong = Vec::new();
    if let Some(file) = new.file_id {
        wrong.extend(named_file::problem(&mut tx, &who, institution, ("file_id", file)).await?);
    }
    if new.dated.is_some_and(|dated| dated > civil::date_of(now)) {
        wrong.push(FieldProblem::shape("dated", "日期不得晚于今天。", "the day lies ahead"));
    }
    if new.given && student.left_on.is_some() {
        wrong.push(FieldProblem::shape("given", "该学员已退出班级。", "the student has left the class"));
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let row = Row {
        student: id,
        given: new.given,
        dated: new.dated,
        file: new.file_id,
        recorded_at: now,
        recorded_by: Some(who.id()),
    };
    let templates = tx.add_consent(&row).await?;
    let action = if new.given { "give_face_consent" } else { "take_back_face_consent" };
    let detail = json!({ "dated": row.dated, "file": row.file, "templates_deleted": templates });
    tx.audit(who.did(now, action, "student", id, detail));
    let rows = tx.consents(id).await?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok((StatusCode::CREATED, Json(Page::whole(rows.into_iter().map(Into::into).collect()))))
}
