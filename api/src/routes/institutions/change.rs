//! `PATCH /institutions/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::InstitutionId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::{approval::InstitutionName, refs::InstitutionRef},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Renames an institution.
///
/// What was sealed or signed under the old name keeps it.
#[utoipa::path(
    patch,
    path = "/institutions/{id}",
    tag = "Approvals",
    params(("id" = Uuid, Path, description = "Identity of the institution.")),
    request_body = InstitutionName,
    responses((status = 200, description = "The institution as it is now.", body = InstitutionRef), WriteRefusals),
)]
pub async fn change_institution(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<InstitutionId>>,
    Body(wanted): Body<InstitutionName>,
) -> Result<Json<InstitutionRef>, Failure> {
    who.may(Action::EditCatalogue, Some(id))?;
    let mut tx = app.store.begin().await?;
    let before = tx.institution(id).await?.ok_or(Failure::NotFound)?.name;
    let name = wanted.name.trim().to_owned();
    tx.rename_institution(id, &before, &name).await?;
    let detail = json!({ "from": before, "to": name });
    tx.audit(who.did(app.now(), "change_institution", "institution", id, detail));
    tx.commit().await?;
    Ok(Json(InstitutionRef { id, name }))
}
