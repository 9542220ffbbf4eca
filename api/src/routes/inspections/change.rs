//! `PUT /inspections/{id}/sheet`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::SupervisionId};
use duxue_storage::inspection::Sheet;

use super::{SUBJECT, detail, inspectors_known, shown};
use crate::{
    app::Shared,
    dto::{
        inspection::{ChangedSheet, Inspection},
        refs::Text,
    },
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Changes what a sheet says. Once somebody has signed, it no longer changes.
#[utoipa::path(
    put,
    path = "/inspections/{id}/sheet",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the sheet.")),
    request_body = ChangedSheet,
    responses((status = 200, description = "The sheet as it is now.", body = Inspection), WriteRefusals),
)]
pub async fn change_inspection(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SupervisionId>>,
    Body(ChangedSheet { revision, sheet }): Body<ChangedSheet>,
) -> Result<Json<Inspection>, Failure> {
    let mut tx = app.store.begin().await?;
    let row = tx.inspection(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::Supervise, Some(row.institution))?;
    if !matches!(row.sheet, Sheet::Draft(_)) {
        let text = Text::new("记录单已有人签字，不能再修改。", "somebody has signed the sheet: it no longer changes");
        return Err(Failure::Conflict { field: None, text });
    }
    inspectors_known(&mut tx, &sheet.inspectors).await?;
    let draft = sheet.draft(id, row.class.id, row.institution)?;
    let now = app.now();
    let detail = detail(&draft);
    tx.put_inspection(revision, &Sheet::Draft(draft), now).await?;
    tx.audit(who.did(now, "change_inspection", SUBJECT, id, detail));
    let row = tx.inspection(id).await?.ok_or(Failure::Internal)?;
    let answer = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
