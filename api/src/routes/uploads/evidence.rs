//! `GET /uploads/{id}/evidence`, `POST /uploads/{id}/evidence`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    finding::Finding,
    ids::{SessionId, UploadId},
    policy::Policy,
    upload::{Offer, covering, may_take},
};
use duxue_storage::{
    Tx,
    session::Session,
    upload::{Upload, UploadState, Verdict},
    upload_evidence::{NewUploadDecision as Row, Taking},
};
use serde_json::json;

use crate::{
    app::Shared,
    dto::upload_evidence::{NewUploadDecision, UploadEvidence},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::{ReadRefusals, WriteRefusals},
    routes::likenesses::twins,
};

/// Tells whether a video that was handed in counts as evidence, and what stands against taking it.
///
/// The institution sees the decision itself on the upload.
#[utoipa::path(
    get,
    path = "/uploads/{id}/evidence",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    responses((status = 200, description = "How it stands.", body = UploadEvidence), ReadRefusals),
)]
pub async fn show_upload_evidence(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
) -> Result<Json<UploadEvidence>, Failure> {
    let mut tx = app.store.read().await?;
    let upload = tx.upload(id).await?.ok_or(Failure::NotFound)?;
    // What it is like may be another institution's.
    who.may(Action::ReadFinding, Some(upload.institution.id))?;
    Ok(Json(standing(&mut tx, &upload, &app.policy.policy).await?))
}

/// Takes a sealed video as evidence of a lesson (R9.1), or turns it down with the reason.
///
/// When it was filmed is the institution's word: whoever takes it has seen that it shows that lesson. What the rules have
/// against it is refused. A later decision may change this one.
#[utoipa::path(
    post,
    path = "/uploads/{id}/evidence",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the upload.")),
    request_body = NewUploadDecision,
    responses((status = 200, description = "How it stands now.", body = UploadEvidence), WriteRefusals),
)]
pub async fn decide_upload_evidence(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    Body(decision): Body<NewUploadDecision>,
) -> Result<Json<UploadEvidence>, Failure> {
    let mut tx = app.store.begin().await?;
    let upload = tx.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::TakeEvidence, Some(upload.institution.id))?;
    // What counts of a class is decided one after the other.
    tx.hold_class(upload.class.id).await?;
    if tx.upload_seal(id).await?.is_none() {
        return Err(Failure::conflict("该视频尚未通过检查并封存。", "it was not accepted and sealed"));
    }
    let policy = &app.policy.policy;
    let (from_revision, taking) = match decision {
        NewUploadDecision::Taken { revision, session_id } => {
            let session = tx.session(session_id).await?.filter(|session| session.class.id == upload.class.id);
            let session = session
                .ok_or_else(|| Failure::field("session_id", "该班没有这次课。", "the class has no such session"))?;
            // Soon after it was sealed; until then nobody knows whether it was handed in before.
            if tx.upload_view(id).await?.is_none() {
                return Err(Failure::conflict(
                    "该视频尚在与其他录像比对，请稍后再试。",
                    "it is still being compared with other footage",
                ));
            }
            let against = against(&mut tx, &upload, &session, policy).await?;
            if !against.is_empty() {
                return Err(Failure::Invalid(against.into_iter().map(Into::into).collect()));
            }
            (revision, Taking::Taken(session_id))
        }
        NewUploadDecision::TurnedDown { revision, reason } => {
            let reason = reason.trim();
            if !(1..=2000).contains(&reason.chars().count()) {
                return Err(Failure::field(
                    "reason",
                    "理由须为 1 至 2000 个字符。",
                    "a reason has 1 to 2000 characters",
                ));
            }
            (revision, Taking::TurnedDown(reason.to_owned()))
        }
    };
    let now = app.now();
    let (action, detail) = match &taking {
        Taking::Taken(session) => ("take_upload", json!({ "class": upload.class.id, "session": session })),
        Taking::TurnedDown(reason) => ("turn_down_upload", json!({ "class": upload.class.id, "reason": reason })),
    };
    let policy_version = app.policy.version;
    tx.decide_upload_evidence(&Row { upload: id, from_revision, taking, policy_version, by: who.id(), at: now })
        .await?;
    tx.audit(who.did(now, action, "upload", id, detail));
    let answer = standing(&mut tx, &upload, policy).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

async fn standing(tx: &mut Tx, upload: &Upload, policy: &Policy) -> Result<UploadEvidence, Failure> {
    let decision = tx.upload_decision(upload.id).await?;
    let taken_for: Option<SessionId> = match decision.as_ref().map(|decision| &decision.taking) {
        Some(Taking::Taken(session)) => Some(*session),
        Some(Taking::TurnedDown(_)) | None => None,
    };
    let session = match taken_for.or(upload.session) {
        Some(session) => tx.session(session).await?,
        None => None,
    };
    let findings = match &session {
        Some(session) => against(tx, upload, session, policy).await?,
        None => Vec::new(),
    };
    Ok(UploadEvidence {
        standing: decision.into(),
        judged_for: session.map(|session| session.id),
        against: findings.into_iter().map(Into::into).collect(),
    })
}

/// What stands against taking it as evidence of that lesson.
async fn against(tx: &mut Tx, upload: &Upload, session: &Session, policy: &Policy) -> Result<Vec<Finding>, Failure> {
    let UploadState::Checked { verdict: Verdict::Accepted { video, .. }, .. } = &upload.state else {
        return Ok(Vec::new());
    };
    let evidence = tx.evidence_clips(upload.class.id, policy).await?;
    let covered_by = covering(upload.id, session.span, &evidence, policy);
    let twins = twins(tx, upload.id).await?;
    let offer = Offer {
        video,
        start: upload.claimed_start,
        announced_at: upload.created_at,
        lesson: session.span,
        covered_by: &covered_by,
        undecided: twins.undecided,
        same_as: &twins.counting,
    };
    Ok(may_take(&offer, policy))
}
