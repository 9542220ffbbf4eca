//! `POST /institutions`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::institution::Institution;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::{approval::InstitutionName, refs::InstitutionRef},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Adds an institution.
#[utoipa::path(
    post,
    path = "/institutions",
    tag = "Approvals",
    request_body = InstitutionName,
    responses((status = 201, description = "The institution.", body = InstitutionRef), WriteRefusals),
)]
pub async fn add_institution(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<InstitutionName>,
) -> Result<(StatusCode, Json<InstitutionRef>), Failure> {
    who.may(Action::EditCatalogue, None)?;
    let now = app.now();
    let row = Institution { id: new_id(now), name: new.name.trim().to_owned(), created_at: now };
    let mut tx = app.store.begin().await?;
    tx.add_institution(&row).await?;
    tx.audit(who.did(now, "add_institution", "institution", row.id, json!({ "name": row.name })));
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(InstitutionRef { id: row.id, name: row.name })))
}
