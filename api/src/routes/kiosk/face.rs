//! `POST /kiosk/faces`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    attendance::{FaceAnswer, Punch, PunchMethod, Side, face_answer},
    civil,
};
use duxue_storage::{
    audit,
    punch::{Kept, NewPunch, NewSource, PunchFace},
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    app::{Shared, new_id},
    dto::{
        kiosk::{KioskAnswer, KioskOutcome, KioskPunch, KioskQuery},
        refs::{ClassRef, StudentRef},
    },
    edges::EnrolRefusal,
    extract::{Filter, Picture, SignedDevice},
    problem::{Failure, FieldProblem},
    refusals::{BinaryFile, PictureRefusals},
    routes::{
        attendance::lessons_of,
        punches::{SUBJECT, detail, is_plain},
    },
};

/// Checks a student in by a picture from a kiosk (R7.3a).
///
/// The one face in it is compared with the enrolled students, who agreed to it, of the classes that are taught in the
/// device's classroom on that day, and with nobody else. Somebody who is recognised has punched; of the picture only its
/// hash is kept, with how sure the answer was. "Unsure" and "unknown" are answers, and nothing is kept of them.
#[utoipa::path(
    post,
    path = "/kiosk/faces",
    tag = "Attendance",
    params(KioskQuery),
    request_body(
        content((BinaryFile = "image/jpeg"), (BinaryFile = "image/png")),
        description = "The picture, JPEG or PNG.",
    ),
    responses((status = 200, description = "What to show.", body = KioskAnswer), PictureRefusals),
    security(("device" = [])),
)]
pub async fn check_in_by_face(
    State(app): State<Shared>,
    SignedDevice(device): SignedDevice,
    Filter(KioskQuery { id: sequence, at, side }): Filter<KioskQuery>,
    Picture(picture): Picture,
) -> Result<Json<KioskAnswer>, Failure> {
    if !is_plain(&sequence) {
        return Err(Failure::parameter("id", "编号须为 1 至 100 个字符。", "an id has 1 to 100 plain characters"));
    }
    let on = civil::date_of(at);
    let Some(model) = app.vision.recogniser() else { return Err(unavailable(&app)) };
    let faces = app.store.read().await?.faces_at(device.venue.id, on, &model, &app.secret).await?;
    let classes: HashMap<_, _> = faces.iter().map(|(candidate, _)| (candidate.student, candidate.class)).collect();
    let known = faces.into_iter().map(|(candidate, vector)| (candidate.student, vector)).collect();
    let picture_sha256: [u8; 32] = Sha256::digest(&picture).into();
    let likeness = app.vision.liken(picture, known).await.map_err(refused)?;
    let (student, similarity, margin) = match face_answer(likeness, &app.policy.policy) {
        FaceAnswer::Recognised { student, similarity, margin } => (student, similarity, margin),
        FaceAnswer::Unsure => return Ok(Json(KioskAnswer { outcome: KioskOutcome::Unsure, punch: None })),
        FaceAnswer::Unknown => return Ok(Json(KioskAnswer { outcome: KioskOutcome::Unknown, punch: None })),
    };
    let class = classes.get(&student).copied().ok_or(Failure::Internal)?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.note_device(device.id, now).await?;
    // Consent can be taken back while the picture is looked at; then nothing was recognised.
    let row = tx.student(student).await?.filter(|row| row.face_consent_at.is_some());
    let Some(row) = row else { return Ok(Json(KioskAnswer { outcome: KioskOutcome::Unknown, punch: None })) };
    let side = match side {
        Some(side) => side.into(),
        None => Side::likely(at, lessons_of(&mut tx, class).await?.on(on)),
    };
    let punch = Punch {
        id: new_id(now),
        student,
        side,
        venue: device.venue.id,
        made_at: at,
        received_at: now,
        method: PunchMethod::Face,
    };
    let source = NewSource::Device { device: device.id, sequence };
    let face = PunchFace { picture_sha256, model, similarity, margin };
    let punch = match tx.add_punch(&NewPunch { punch, class, source }).await? {
        Kept::New => {
            tx.add_punch_face(punch.id, &face).await?;
            let from = json!({ "device": device.id, "picture_sha256": hex::encode(picture_sha256),
                "model": face.model, "similarity": similarity, "margin": margin });
            tx.audit(audit::Entry {
                at: now,
                actor: None,
                action: "punch".to_owned(),
                subject_kind: SUBJECT.to_owned(),
                subject_id: punch.id.to_string(),
                detail: detail(&punch, class, &from),
            });
            punch
        }
        Kept::Known(known) if known.punch.student == student && known.punch.made_at == stored(at) => known.punch,
        Kept::Known(_) => {
            return Err(Failure::conflict("该编号已用于另一条打卡。", "another punch of this device has this id"));
        }
    };
    let named = tx.class(class).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    let shown = KioskPunch {
        id: punch.id,
        student: StudentRef { student_id: student, name: row.name },
        class: ClassRef { id: named.id, name: named.name },
        side: punch.side.into(),
        at: punch.made_at,
        similarity,
        margin,
    };
    Ok(Json(KioskAnswer { outcome: KioskOutcome::Recognised, punch: Some(shown) }))
}

/// Instants are kept to the microsecond.
fn stored(at: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

fn unavailable(app: &Shared) -> Failure {
    let text = match app.vision.status() {
        crate::edges::VisionStatus::Off { reason } => reason,
        crate::edges::VisionStatus::On { .. } => {
            duxue_rules::Text::new("没有人脸识别模型。", "there is no model that recognises faces")
        }
    };
    Failure::Unavailable(text.into())
}

fn refused(refusal: EnrolRefusal) -> Failure {
    match refusal {
        EnrolRefusal::Picture { code, text } => {
            Failure::Invalid(vec![FieldProblem::rule("picture", &code, text.zh, text.en)])
        }
        EnrolRefusal::Unavailable(text) => Failure::Unavailable(text.into()),
    }
}
