//! One more template of a student, of the face with which they checked in.

use bytes::Bytes;
use duxue_rules::attendance::{KnownFace, Punch, cosine, worth_keeping};
use duxue_storage::{
    Tx, audit,
    template::{NewTemplate, TemplateOrigin},
};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    edges::FaceTemplate,
    problem::Failure,
};

/// What the recogniser makes of the picture. One that would not do to enrol somebody teaches nothing either, and the student is
/// checked in all the same.
pub(super) async fn look(app: &Shared, picture: Bytes) -> Option<FaceTemplate> {
    app.vision.enrol(picture).await.ok()
}

/// Keeps it, where it is worth that, in the transaction of the punch. The student has agreed: the caller has looked.
pub(super) async fn keep(app: &Shared, tx: &mut Tx, punch: &Punch, made: FaceTemplate) -> Result<(), Failure> {
    let known = tx.templates_of_student(punch.student, &made.model, &app.secret).await?;
    let faces: Vec<KnownFace> = known
        .iter()
        .filter_map(|known| {
            let similarity = cosine(&known.vector, &made.vector)?;
            Some(KnownFace { enrolled: known.enrolled, similarity })
        })
        .collect();
    if faces.len() < known.len() || !worth_keeping(&faces, &app.policy.policy) {
        return Ok(());
    }
    let template = NewTemplate {
        id: new_id(punch.received_at),
        student: punch.student,
        model: made.model,
        vector: made.vector,
        created_at: punch.received_at,
        created_by: None,
        origin: TemplateOrigin::CheckIn(punch.id),
        portrait: None,
    };
    tx.add_template(&template, &app.secret).await?;
    tx.audit(audit::Entry {
        at: punch.received_at,
        actor: None,
        action: "learn_face".to_owned(),
        subject_kind: "student".to_owned(),
        subject_id: punch.student.to_string(),
        detail: json!({ "model": template.model, "punch": punch.id, "templates": known.len() + 1 }),
    });
    Ok(())
}
