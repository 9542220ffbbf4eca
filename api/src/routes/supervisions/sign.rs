//! `POST /classes/{id}/remote-supervisions`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    civil,
    ids::{ClassId, UserId},
    span::Span,
    supervision::{Basis, ContentHash, LoggedWatch, RemoteDraft, Showing, Signature, Taught, basis},
    text::Remark,
};
use duxue_storage::{
    Tx,
    watch::{Watch, Watched},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::supervision::{NewRemoteSupervision, RemoteSupervision},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
    sign::content_hash,
};

/// The word under which signatures of these records are kept.
pub(crate) const SUBJECT: &str = "remote_supervision";

/// Signs a record of remote supervision (R7.4a).
///
/// What was watched is taken from the system's own log: the signer's live viewings of this class's teaching on that
/// day. Without any there is nothing to sign. A viewing is the ground of one record only.
#[utoipa::path(
    post,
    path = "/classes/{id}/remote-supervisions",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewRemoteSupervision,
    responses((status = 201, description = "The record as it was signed.", body = RemoteSupervision), WriteRefusals),
)]
pub async fn sign_remote_supervision(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewRemoteSupervision>,
) -> Result<(StatusCode, Json<RemoteSupervision>), Failure> {
    let class = app.store.read().await?.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::Supervise, Some(class.institution.id))?;
    let checklist = new.checklist.checked()?;
    let proof = app.prove(&who, new.signing).await?;

    let now = app.now();
    let mut tx = app.store.begin().await?;
    let date = new.date.unwrap_or_else(|| civil::date_of(now));
    let draft = RemoteDraft {
        id: new_id(now),
        class: id,
        supervisor: who.id(),
        basis: watched(&mut tx, id, who.id(), date, now).await?,
        checklist,
        remark: Remark::new(new.remark).ok(),
    };
    let content = ContentHash(content_hash(&draft)?);
    let signature = Signature { by: who.id(), at: now };
    let signed = draft.sign(who.actor, signature, content).map_err(|refused| Failure::missing(refused.missing))?;
    let record = signed.record();
    tx.add_remote_supervision(&signed).await?;
    proof.sign(&mut tx, now, (SUBJECT, record.id), record, "supervisor").await?;
    let detail = json!({ "class": id, "watched_on": signed.watched_on(), "content_sha256": content });
    tx.audit(who.did(now, "sign_remote_supervision", SUBJECT, record.id, detail));
    let kept = tx.remote_supervision(record.id).await?.ok_or(Failure::Internal)?;
    let signatures = tx.signatures_of(SUBJECT, &record.id.to_string()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(RemoteSupervision::of(kept, signatures))))
}

/// What one person saw of a class's teaching on a day, by the log. A viewing that still goes on counts up to now.
async fn watched(tx: &mut Tx, class: ClassId, user: UserId, date: Date, now: Timestamp) -> Result<Vec<Basis>, Failure> {
    let mut taught = Vec::new();
    for session in tx.sessions_of_class_on(class, date).await? {
        for camera in tx.cameras_of_venue(session.venue.id).await? {
            taught.push(Taught { class, camera: camera.id, span: session.span });
        }
    }
    let first = taught.iter().map(|taught| taught.span.start()).min();
    let last = taught.iter().map(|taught| taught.span.end()).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    let teaching = Span::new(first, last).map_err(|_| Failure::Internal)?;
    let watches = tx.unsigned_watches_of(user, teaching).await?;
    Ok(watches.iter().filter_map(|watch| basis(class, &logged(watch, now)?, &taught)).collect())
}

fn logged(watch: &Watch, now: Timestamp) -> Option<LoggedWatch> {
    let showing = match watch.what {
        Watched::Live => Showing::Live,
        Watched::Recording | Watched::Clip => Showing::Recording,
    };
    let span = Span::new(watch.opened_at, watch.closed_at.unwrap_or(now)).ok()?;
    Some(LoggedWatch { watch: watch.id, by: watch.user.id, camera: watch.camera.id, showing, span })
}
