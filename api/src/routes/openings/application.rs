//! `POST /classes/{id}/opening/application`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::{ClassId, InstitutionId, UserId},
    opening::{Application, Opening},
};
use duxue_storage::Tx;
use serde_json::json;

use super::{Taken, about, at_revision, elsewhere, keep, readiness, taken};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::NewApplication},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// The institution applies to open the class (R6.1), with the readiness of its rooms (R2.2) and the people in charge
/// (七(六)).
///
/// Where the platform's answer is kept (`/platform-answers`), its number is the one to name. Uptime, gaps and bit rate are what was recorded. Of pictures that the system sampled itself its own measures count,
/// and what is sent along of the others.
#[utoipa::path(
    post,
    path = "/classes/{id}/opening/application",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewApplication,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn apply_for_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewApplication>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::PrepareOpening, new.revision).await?;
    let Opening::Filed(filed) = dossier.opening.clone() else { return Err(elsewhere(&dossier)) };
    let mut wrong = Vec::new();
    if new.platform_number.chars().count() > 100 {
        let (zh, en) = ("省平台班次编号不得超过 100 个字符。", "a class's number has at most 100 characters");
        wrong.push(FieldProblem::shape("platform_number", zh, en));
    }
    if let Some(kept) = tx.platform_class(id).await?
        && kept.number != new.platform_number.trim()
    {
        let zh = format!("与省平台答复的编号“{}”不符。", kept.number);
        wrong.push(FieldProblem::rule(
            "platform_number",
            "R6.1",
            zh,
            format!("the platform's answer is {}", kept.number),
        ));
    }
    for (field, user) in [("liaison_id", new.liaison_id), ("class_manager_id", new.class_manager_id)] {
        wrong.extend(not_theirs(&mut tx, field, user, dossier.institution).await?);
    }
    let venues = &dossier.opening.draft().venues;
    let measured = readiness::of_rooms(&app, &mut tx, venues, &new.rooms).await?;
    let rooms = measured.unwrap_or_else(|problems| {
        wrong.extend(problems);
        Vec::new()
    });
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let application = Application {
        offline_name: dossier.class.name.clone(),
        online_name: new.online_name.trim().to_owned(),
        platform_number: new.platform_number.trim().to_owned(),
        liaison: new.liaison_id,
        class_manager: new.class_manager_id,
        applied_at: now,
    };
    let roster = about::roster(&mut tx, id).await?;
    let applied = match taken(filed.apply(application, &rooms, &roster, &app.policy.policy)) {
        Ok(applied) => applied,
        Err(refused) => return Err(load::naming(&mut tx, id, refused).await),
    };
    let handed_in = rooms.iter().flat_map(|room| &room.cameras).filter(|camera| !camera.sampled);
    let handed_in: Vec<_> = handed_in.map(|camera| camera.camera).collect();
    let taken = Taken {
        readiness: rooms,
        detail: json!({ "pictures_handed_in_of": handed_in }),
        ..Taken::plain(Opening::Applied(applied), "apply_for_opening")
    };
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}

/// Somebody who is named and is not the institution's.
async fn not_theirs(
    tx: &mut Tx,
    field: &str,
    user: Option<UserId>,
    institution: InstitutionId,
) -> Result<Option<FieldProblem>, Failure> {
    let Some(user) = user else { return Ok(None) };
    let theirs =
        tx.user(user).await?.is_some_and(|row| row.disabled_at.is_none() && row.actor().belongs_to(institution));
    let (zh, en) = ("不是该机构的人员。", "this is nobody of the institution");
    Ok((!theirs).then(|| FieldProblem::rule(field, "R6.2", zh, en)))
}
