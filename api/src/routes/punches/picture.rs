//! `PUT /punches/{id}/picture`

use axum::{Json, extract::State};
use duxue_rules::{attendance::cosine, crosscheck, ids::PunchId};
use duxue_storage::{audit, device::Device, objects::punch_key, punch, punch::Source};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::SUBJECT;
use crate::{
    app::Shared,
    dto::{punch::PunchPicture, refs::Text},
    extract::{Id, Params, Picture, SignedDevice},
    problem::Failure,
    refusals::{BinaryFile, DevicePictureRefusals},
    routes::kiosk::face::unavailable,
};

/// Holds the picture that a device took of who punched against the student who was named (R7.1x).
///
/// For punches that name their student: by roster number at a kiosk, or by a terminal that recognised them itself. The one
/// face in the picture is compared with the student's own templates, if they agreed to be recognised, and with nobody else's.
/// How much it is like them is kept; of the picture its hash, and the face alone where it is not like them, for a person to
/// look at: perhaps somebody punched for another. The punch itself stays as it is, and the device is not told how alike.
/// A picture that comes again is compared once; another one for the same punch is refused.
#[utoipa::path(
    put,
    path = "/punches/{id}/picture",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the punch.")),
    request_body(
        content((BinaryFile = "image/jpeg"), (BinaryFile = "image/png")),
        description = "The picture, JPEG or PNG.",
    ),
    responses((status = 200, description = "Whether it was compared.", body = PunchPicture), DevicePictureRefusals),
    security(("device" = [])),
)]
pub async fn put_punch_picture(
    State(app): State<Shared>,
    SignedDevice(device): SignedDevice,
    Params(Id { id }): Params<Id<PunchId>>,
    Picture(picture): Picture,
) -> Result<Json<PunchPicture>, Failure> {
    let picture_sha256: [u8; 32] = Sha256::digest(&picture).into();
    let mut tx = app.store.read().await?;
    let punch = tx.punch(id).await?.filter(|punch| is_of(punch, &device)).ok_or(Failure::NotFound)?;
    match &punch.face {
        Some(face) if face.picture_sha256 == picture_sha256 => return Ok(compared()),
        Some(_) => return Err(another()),
        None => {}
    }
    let model = app.vision.recogniser().ok_or_else(|| unavailable(&app))?;
    let student = tx.student(punch.punch.student).await?.ok_or(Failure::Internal)?;
    if student.face_consent_at.is_none() {
        return Ok(not_compared(
            "该学员不同意人脸处理，照片未作比对，也未保存。",
            "The student refuses face processing: it was neither compared nor kept.",
        ));
    }
    let known = tx.templates_of_student(student.id, &model, &app.secret).await?;
    drop(tx);
    if known.is_empty() {
        return Ok(not_compared(
            "该学员尚未录入人脸，照片未作比对，也未保存。",
            "No face of the student is enrolled: it was neither compared nor kept.",
        ));
    }
    let seen = app.vision.enrol(picture).await?;
    let alike = known.iter().filter_map(|known| cosine(&known.vector, &seen.vector)).max_by(f32::total_cmp);
    let similarity = alike.ok_or(Failure::Internal)?;

    let told = crosscheck::PunchFace {
        punch: id,
        student: student.id,
        at: punch.punch.made_at,
        similarity,
        eye_distance_px: seen.eye_distance_px,
    };
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.note_device(device.id, now).await?;
    // Consent can be taken back while the picture is looked at; then nothing is kept of it.
    if tx.student(student.id).await?.is_none_or(|student| student.face_consent_at.is_none()) {
        return Err(Failure::NotFound);
    }
    // Two at once: the device's row is held now, so the other one is there or is not.
    if let Some(face) = tx.punch(id).await?.and_then(|punch| punch.face) {
        return if face.picture_sha256 == picture_sha256 { Ok(compared()) } else { Err(another()) };
    }
    let mut portrait = None;
    if told.is_unlike(&app.policy.policy) {
        let key = punch_key(id, &picture_sha256);
        app.objects.put_small(&key, seen.portrait).await?;
        portrait = Some(key);
    }
    let face = punch::PunchFace {
        picture_sha256,
        model: seen.model,
        similarity,
        margin: None,
        eye_distance_px: Some(seen.eye_distance_px),
        portrait,
    };
    tx.add_punch_face(id, &face).await?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: "compare_punch".to_owned(),
        subject_kind: SUBJECT.to_owned(),
        subject_id: id.to_string(),
        detail: json!({ "device": device.id, "picture_sha256": hex::encode(picture_sha256), "model": face.model,
            "similarity": similarity, "kept": face.portrait.is_some() }),
    });
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok(compared())
}

fn is_of(punch: &punch::Punch, device: &Device) -> bool {
    matches!(&punch.source, Source::Device { device: by, .. } if by.id == device.id)
}

fn another() -> Failure {
    Failure::conflict("该打卡已有另一张照片。", "another picture was sent for this punch")
}

fn compared() -> Json<PunchPicture> {
    Json(PunchPicture { compared: true, why: None })
}

fn not_compared(zh: &str, en: &str) -> Json<PunchPicture> {
    Json(PunchPicture { compared: false, why: Some(Text::new(zh, en)) })
}
