//! `POST /classes/{id}/opening/self-check`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::ClassId,
    opening::{Opening, SelfCheck},
};

use super::{
    Taken,
    about::{Approvals, ground_textbooks},
    at_revision, elsewhere, keep, taken,
};
use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, opening_step::NewSelfCheck},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::Failure,
    refusals::WriteRefusals,
};

/// The institution checks itself: licence, major, venue and textbooks, each with the bureau's approval (R2.1).
///
/// It is held against the approval list, the venues' approvals and the textbooks' exceptions (R1.1 to R1.3).
#[utoipa::path(
    post,
    path = "/classes/{id}/opening/self-check",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewSelfCheck,
    responses((status = 200, description = "The dossier as it is now.", body = OpeningDossier), WriteRefusals),
)]
pub async fn self_check_opening(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(new): Body<NewSelfCheck>,
) -> Result<Json<OpeningDossier>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let dossier = at_revision(&mut tx, &who, id, Action::PrepareOpening, new.revision).await?;
    let Opening::Draft(mut draft) = dossier.opening.clone() else { return Err(elsewhere(&dossier)) };
    let mut wrong = Vec::new();
    for (index, check) in new.checks.iter().enumerate() {
        let field = format!("checks[{index}].file_id");
        wrong.extend(named_file::problem(&mut tx, &who, dossier.institution, (&field, check.file_id)).await?);
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    ground_textbooks(&mut tx, &mut draft).await?;
    let Approvals { catalogue, venues } = Approvals::of(&mut tx, &draft).await?;
    let checks = new.checks.into_iter().map(|check| SelfCheck {
        item: check.item.into(),
        on: check.on,
        file: check.file_id.to_string(),
    });
    let checked = taken(draft.self_check(checks.collect(), &catalogue, &venues, civil::date_of(now)))?;
    let taken = Taken::plain(Opening::SelfChecked(checked), "self_check_opening");
    Ok(Json(keep(&app, tx, &who, &dossier, taken, now).await?))
}
