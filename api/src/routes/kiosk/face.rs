//! `POST /kiosk/faces`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    attendance::{FaceAnswer, Punch, PunchMethod, Side, face_answer, may_teach},
    civil,
};
use duxue_storage::{
    audit,
    class::Class,
    device::Device,
    punch::{Kept, NewPunch, NewSource, PunchFace},
    student::Student,
};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    app::{Shared, new_id},
    dto::{
        kiosk::{KioskAnswer, KioskOutcome, KioskPunch, KioskQuery},
        refs::{ClassRef, StudentRef, Text},
    },
    edges::VisionStatus,
    extract::{Filter, Picture, SignedDevice},
    problem::Failure,
    refusals::{BinaryFile, DevicePictureRefusals},
    routes::{
        attendance::lessons_of,
        kiosk::learn,
        punches::{SUBJECT, detail, is_plain},
    },
};

/// Checks a student in by a picture from a kiosk (R7.3a).
///
/// The one face in it is compared with the enrolled students, who agreed to it, of the classes that are taught in the
/// device's classroom on that day, and with nobody else. Somebody who is recognised has punched; of the picture only its
/// hash is kept, with how sure the answer was, and, where the face is beyond doubt and new to us, one more encrypted template.
/// "Unsure" and "unknown" are answers, and nothing is kept of them.
///
/// A kiosk without network keeps its pictures and sends them later, each with the time at which it was taken; the punch is
/// marked as delayed. A picture that comes again gets the answer that it had.
#[utoipa::path(
    post,
    path = "/kiosk/faces",
    tag = "Attendance",
    params(KioskQuery),
    request_body(
        content((BinaryFile = "image/jpeg"), (BinaryFile = "image/png")),
        description = "The picture, JPEG or PNG.",
    ),
    responses((status = 200, description = "What to show.", body = KioskAnswer), DevicePictureRefusals),
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
    let picture_sha256: [u8; 32] = Sha256::digest(&picture).into();
    if let Some(answer) = sent_before(&app, &device, &sequence, at, picture_sha256).await? {
        return Ok(Json(answer));
    }
    let on = civil::date_of(at);
    let Some(model) = app.vision.recogniser() else { return Err(unavailable(&app)) };
    let faces = app.store.read().await?.faces_at(device.venue.id, on, &model, &app.secret).await?;
    let classes: HashMap<_, _> = faces.iter().map(|(candidate, _)| (candidate.student, candidate.class)).collect();
    let known = faces.into_iter().map(|(candidate, vector)| (candidate.student, vector)).collect();
    let likeness = app.vision.liken(picture.clone(), known).await?;
    // Those who are not recognised vote as well: they try again.
    let in_person = app.vision.liveness(device.id, picture.clone()).await;
    let answer = face_answer(likeness, &app.policy.policy);
    let (student, similarity, margin) = match answer {
        FaceAnswer::Recognised { student, similarity, margin } => (student, similarity, margin),
        FaceAnswer::Unsure => return Ok(Json(KioskAnswer { outcome: KioskOutcome::Unsure, punch: None })),
        FaceAnswer::Unknown => return Ok(Json(KioskAnswer { outcome: KioskOutcome::Unknown, punch: None })),
    };
    let class = classes.get(&student).copied().ok_or(Failure::Internal)?;
    let lesson = if may_teach(&answer, &app.policy.policy) { learn::look(&app, picture).await } else { None };
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
    let face = PunchFace { picture_sha256, model, similarity, margin, eye_distance_px: None, portrait: None };
    let (punch, known) = match tx.add_punch(&NewPunch { punch, class, source }).await? {
        Kept::New => {
            tx.add_punch_face(punch.id, &face).await?;
            if let Some(seen) = in_person {
                tx.add_punch_liveness(punch.id, seen).await?;
            }
            let from = json!({ "device": device.id, "picture_sha256": hex::encode(picture_sha256),
                "model": face.model, "similarity": similarity, "margin": margin,
                "liveness": in_person.map(|seen| json!({ "pictures": seen.pictures, "in_person": seen.in_person })) });
            tx.audit(audit::Entry {
                at: now,
                actor: None,
                action: "punch".to_owned(),
                subject_kind: SUBJECT.to_owned(),
                subject_id: punch.id.to_string(),
                detail: detail(&punch, class, &from),
            });
            if let Some(lesson) = lesson {
                learn::keep(&app, &mut tx, &punch, lesson).await?;
            }
            (punch, false)
        }
        Kept::Known(known) if known.punch.student == student && known.punch.made_at == stored(at) => {
            (known.punch, true)
        }
        Kept::Known(_) => return Err(taken()),
    };
    let named = tx.class(class).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok(Json(recognised(&punch, row, named, &face, known)))
}

/// The answer to a picture that was kept before and comes again, as its answer was lost: the same, whatever has changed
/// since and without another look.
async fn sent_before(
    app: &Shared,
    device: &Device,
    sequence: &str,
    at: Timestamp,
    picture_sha256: [u8; 32],
) -> Result<Option<KioskAnswer>, Failure> {
    let mut tx = app.store.read().await?;
    let Some(kept) = tx.punch_of_device(device.id, sequence).await? else { return Ok(None) };
    let face = kept.face.filter(|face| face.picture_sha256 == picture_sha256 && kept.punch.made_at == stored(at));
    let face = face.ok_or_else(taken)?;
    let student = tx.student(kept.punch.student).await?.ok_or(Failure::Internal)?;
    let class = tx.class(kept.class).await?.ok_or(Failure::Internal)?;
    Ok(Some(recognised(&kept.punch, student, class, &face, true)))
}

fn recognised(punch: &Punch, student: Student, class: Class, face: &PunchFace, known: bool) -> KioskAnswer {
    let shown = KioskPunch {
        id: punch.id,
        student: StudentRef { student_id: student.id, name: student.name },
        class: ClassRef { id: class.id, name: class.name },
        side: punch.side.into(),
        at: punch.made_at,
        similarity: face.similarity,
        margin: face.margin,
        known,
    };
    KioskAnswer { outcome: KioskOutcome::Recognised, punch: Some(shown) }
}

fn taken() -> Failure {
    Failure::conflict("该编号已用于另一条打卡。", "another punch of this device has this id")
}

/// Instants are kept to the microsecond.
fn stored(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Why nobody can be recognised now, if so.
pub(super) fn why_off(app: &Shared) -> Option<Text> {
    match app.vision.status() {
        _ if app.vision.recogniser().is_some() => None,
        VisionStatus::Off { reason } => Some(reason.into()),
        VisionStatus::On { .. } => Some(Text::new("没有人脸识别模型。", "there is no model that recognises faces")),
    }
}

pub(in crate::routes) fn unavailable(app: &Shared) -> Failure {
    why_off(app).map_or(Failure::Internal, Failure::Unavailable)
}
