//! `POST /clips`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, evidence::clip_span};
use duxue_storage::{
    Tx,
    clip::{ClipFilter, ClipStateName, NewClip as Row},
    session::Session,
};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    authorise::authorise_named,
    dto::{
        clip::{Clip, NewClip},
        refs::Text,
    },
    extract::{Body, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Asks for a clip of a session.
///
/// It is cut as soon as there is enough unbroken footage.
#[utoipa::path(
    post,
    path = "/clips",
    tag = "Evidence",
    request_body = NewClip,
    responses((status = 202, description = "The clip to be cut.", body = Clip), WriteRefusals),
)]
pub async fn request_clip(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewClip>,
) -> Result<(StatusCode, Json<Clip>), Failure> {
    let mut tx = app.store.begin().await?;
    let session = tx.session(new.session_id).await?;
    authorise_named(&who, Action::RequestClip, session.as_ref().map(|session| session.institution))?;
    let Some(session) = session else {
        return Err(Failure::field("session_id", "没有这次课。", "there is no such session"));
    };
    check(&app, &mut tx, &session, &new).await?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        class: session.class.id,
        session: session.id,
        camera: new.camera_id,
        wanted: session.span,
        requested_by: Some(who.id()),
        requested_at: now,
        policy_version: app.policy.version,
    };
    tx.add_clip(&row).await?;
    let detail = json!({ "session": session.id, "camera": new.camera_id });
    tx.audit(who.did(now, "request_clip", "clip", row.id, detail));
    let clip = tx.clip(row.id).await?.ok_or(Failure::Internal)?;
    let clip = load::with_policies(&mut tx, vec![clip]).await?.pop().ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.clips.notify_one();
    Ok((StatusCode::ACCEPTED, Json(clip)))
}

/// Refuses what the archiver could never do, so that whoever asks hears it at once.
async fn check(app: &Shared, tx: &mut Tx, session: &Session, new: &NewClip) -> Result<(), Failure> {
    let cameras = tx.cameras_of_venue(session.venue.id).await?;
    if !cameras.iter().any(|camera| camera.id == new.camera_id) {
        return Err(Failure::field(
            "camera_id",
            "该摄像头不在这次课的教室里。",
            "this camera does not hang in the session's room",
        ));
    }
    let waiting =
        ClipFilter { session: Some(session.id), state: Some(ClipStateName::Requested), ..ClipFilter::default() };
    if load::clips(tx, waiting).await?.iter().any(|clip| clip.camera.id == new.camera_id) {
        return Err(Failure::Conflict {
            field: None,
            text: Text::new("已在制作这次课的视频资料。", "A clip of this session and camera is being made already."),
        });
    }
    let now = app.now();
    // Until then the timetable may still move it.
    if now < session.span.start() {
        return Err(Failure::field("session_id", "这次课尚未开始。", "this session has not begun"));
    }
    // While the session goes on there may be more footage to come.
    if now < session.span.end() {
        return Ok(());
    }
    let (recorded, _) = tx.coverage_in(new.camera_id, session.span).await?;
    clip_span(&recorded, session.span, &app.policy.policy).map(|_| ()).map_err(|refusal| {
        let text = refusal.text();
        Failure::Invalid(vec![FieldProblem::rule("session_id", "R9.1", text.zh, text.en)])
    })
}
