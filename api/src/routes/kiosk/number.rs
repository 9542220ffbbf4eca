//! `POST /kiosk/numbers`

use axum::{Json, extract::State};

use crate::{
    app::Shared,
    dto::{
        kiosk::{KioskNumber, KioskNumberAnswer, masked},
        punch::{NewPunch, PunchOutcome},
        refs::{ClassRef, Text},
        words::PunchMethod,
    },
    extract::{Body, SignedDevice},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
    routes::punches::{Batch, Taken},
};

/// Checks a student in by their roster number: the other way, for those who refuse face processing or are not recognised.
///
/// The punch is kept and marked. It does not count by itself: the class manager's written statement, sealed and signed by
/// the student, has to go with it (R7.3d). Of the name only the first character is shown, so that trying numbers tells
/// nothing.
#[utoipa::path(
    post,
    path = "/kiosk/numbers",
    tag = "Attendance",
    request_body = KioskNumber,
    responses((status = 200, description = "What to show.", body = KioskNumberAnswer), WriteRefusals),
    security(("device" = [])),
)]
pub async fn check_in_by_number(
    State(app): State<Shared>,
    SignedDevice(device): SignedDevice,
    Body(KioskNumber { id, number, at, side }): Body<KioskNumber>,
) -> Result<Json<KioskNumberAnswer>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.note_device(device.id, now).await?;
    let new = NewPunch { id, student_id: None, number: Some(number), at, side, method: PunchMethod::Other };
    let Taken { outcome, punch, class } = Batch::of(&device, now).take(&mut tx, new).await?.map_err(refused)?;
    let class = tx.class(class).await?.ok_or(Failure::Internal)?;
    let student = tx.student(punch.student).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok(Json(KioskNumberAnswer {
        picture_wanted: student.face_consent_at.is_some() && app.vision.recogniser().is_some(),
        punch_id: punch.id,
        name: masked(&student.name),
        class: ClassRef { id: class.id, name: class.name },
        side: punch.side.into(),
        at: punch.made_at,
        known: outcome == PunchOutcome::Known,
        notice: Text::new(
            "已记录。未经人脸识别的打卡须附班主任签字、盖章并由本人签名的书面说明。",
            "Recorded. A check-in without a face counts once the class manager's sealed statement, which you sign, is there.",
        ),
    }))
}

/// Nobody of that number, or several, or an identity that stands for another punch.
fn refused(why: Text) -> Failure {
    Failure::Invalid(vec![FieldProblem::rule("number", "R7.3a", why.zh, why.en)])
}
