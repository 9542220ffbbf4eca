//! `POST /classes/{id}/inspections`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ClassId};

use super::{SUBJECT, detail, inspectors_known, shown};
use crate::{
    app::{Shared, new_id},
    dto::inspection::{Inspection, SheetContent},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Drafts the sheet of an on-site inspection (R7.4b).
///
/// It may change until the first inspector signs.
#[utoipa::path(
    post,
    path = "/classes/{id}/inspections",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = SheetContent,
    responses((status = 201, description = "The draft.", body = Inspection), WriteRefusals),
)]
pub async fn draft_inspection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(content): Body<SheetContent>,
) -> Result<(StatusCode, Json<Inspection>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::Supervise).await?;
    inspectors_known(&mut tx, &content.inspectors).await?;
    let now = app.now();
    let draft = content.draft(new_id(now), id, class.institution.id)?;
    tx.add_inspection(&draft, who.id(), now).await?;
    tx.audit(who.did(now, "draft_inspection", SUBJECT, draft.id, detail(&draft)));
    let row = tx.inspection(draft.id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
