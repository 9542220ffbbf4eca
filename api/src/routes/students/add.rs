//! `POST /classes/{id}/students`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId};
use duxue_storage::student::NewStudent as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::class::{NewStudent, Student},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Adds a student to a class.
#[utoipa::path(
    post,
    path = "/classes/{id}/students",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewStudent,
    responses((status = 201, description = "The student.", body = Student), WriteRefusals),
)]
pub async fn add_student(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewStudent>,
) -> Result<(StatusCode, Json<Student>), Failure> {
    let mut tx = app.store.begin().await?;
    who.class(&mut tx, id, Action::EditRoster).await?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        class: id,
        name: new.name.trim().to_owned(),
        sex: new.sex.into(),
        number: new.number.map(|number| number.trim().to_owned()),
        face_consent_at: new.face_consent.then_some(now),
        created_at: now,
    };
    tx.add_student(&row).await?;
    let detail = json!({ "class": id, "face_consent": new.face_consent });
    tx.audit(who.did(now, "add_student", "student", row.id, detail));
    let student = tx.student(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(student.into())))
}
