//! `POST /classes/{id}/opening/start`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, civil, ids::ClassId, opening::Opening};

use super::{Taken, at_revision, elsewhere, keep, taken};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::NewStart},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
    routes::violations::suspended_on,
};

/// The class begins with its first lesson (R6.2, R7.2d, R7.5).
#[utoipa::path(
    post,
    path = "/classes/{id}/opening/start",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewStart,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn start_class(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewStart>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::PrepareOpening, new.revision).await?;
    let Opening::Approved(approved) = dossier.opening.clone() else { return Err(elsewhere(&dossier)) };
    let taught = tx.all_sessions_of_class(id).await?.iter().any(|session| session.date == new.on);
    if !taught || new.on > civil::date_of(now) {
        let (zh, en) = ("该班当天没有课，或尚未到这一天。", "the class has no lesson on that day, or it lies ahead");
        return Err(Failure::field("on", zh, en));
    }
    let policy = &app.policy.policy;
    let suspended = suspended_on(&mut tx, dossier.institution, new.on, policy).await?;
    let running = taken(approved.start(new.on, suspended, policy))?;
    let taken =
        Taken { readiness: dossier.readiness.clone(), ..Taken::plain(Opening::Running(running), "start_class") };
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}
