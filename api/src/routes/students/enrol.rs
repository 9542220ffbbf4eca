//! `POST /students/{id}/picture`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::StudentId};
use duxue_storage::template::{NewTemplate, TemplateOrigin};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::class::{EnrolQuality, Enrolled},
    extract::{Id, Params, Picture, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, PictureRefusals},
};

/// Takes in an enrolment picture.
///
/// The body is the picture itself. A face template is made of it, which is never given out. The picture is not kept; a small
/// portrait of the face is, encrypted, to be shown beside the faces of a finding and to enrol the student anew when the
/// recogniser changes. Both go together. Needs the student's separate consent.
#[utoipa::path(
    post,
    path = "/students/{id}/picture",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    request_body(
        content((BinaryFile = "image/jpeg"), (BinaryFile = "image/png")),
        description = "The picture, JPEG or PNG.",
    ),
    responses((status = 201, description = "Taken in.", body = Enrolled), PictureRefusals),
)]
pub async fn enrol_student(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
    Picture(picture): Picture,
) -> Result<(StatusCode, Json<Enrolled>), Failure> {
    let mut tx = app.store.read().await?;
    let student = tx.student(id).await?.ok_or(Failure::NotFound)?;
    let class = tx.class(student.class).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    who.may(Action::EditRoster, Some(class.institution.id))?;
    // Asked before the picture is looked at: without consent no face is processed.
    if student.face_consent_at.is_none() {
        return Err(Failure::field(
            "face_consent",
            "该学员未单独同意处理人脸信息，不能录入照片。",
            "the student has not consented separately to their face being processed",
        ));
    }
    let made = app.vision.enrol(picture).await?;
    let quality = EnrolQuality { score: made.score, eye_distance_px: made.eye_distance_px, sharpness: made.sharpness };
    let now = app.now();
    let template = NewTemplate {
        id: new_id(now),
        student: id,
        model: made.model,
        vector: made.vector,
        created_at: now,
        created_by: Some(who.id()),
        origin: TemplateOrigin::Enrolment,
        portrait: Some(made.portrait),
    };
    let mut tx = app.store.begin().await?;
    tx.add_template(&template, &app.secret).await?;
    tx.audit(who.did(now, "enrol_student", "student", id, json!({ "model": template.model })));
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Enrolled { template_id: template.id, model: template.model, quality })))
}
