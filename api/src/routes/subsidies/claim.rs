//! `POST /classes/{id}/claims`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    ids::{ClaimId, ClassId},
};
use serde_json::json;

use super::CLAIM;
use crate::{
    app::{Shared, new_id},
    dto::subsidy::{Annexes, SubsidyClaim},
    extract::{Body, Id, Params, SignedIn},
    named_file,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Claims a class's subsidy with the annexes 6 to 8 (R9.4). The newest claim counts.
#[utoipa::path(
    post,
    path = "/classes/{id}/claims",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = Annexes,
    responses((status = 201, description = "The claim.", body = SubsidyClaim), WriteRefusals),
)]
pub async fn claim_subsidy(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(annexes): Body<Annexes>,
) -> Result<(StatusCode, Json<SubsidyClaim>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::ApplyCloseout).await?;
    for (field, file) in [
        ("annex6_file_id", annexes.annex6_file_id),
        ("annex7_file_id", annexes.annex7_file_id),
        ("annex8_file_id", annexes.annex8_file_id),
    ] {
        if let Some(file) = file {
            named_file::own(&mut tx, field, file, class.institution.id).await?;
        }
    }
    let now = app.now();
    let claim: ClaimId = new_id(now);
    tx.add_claim(claim, id, &annexes.into(), who.id(), now).await?;
    tx.audit(who.did(now, "claim_subsidy", CLAIM, claim, json!({ "class": id })));
    let row = tx.claims(id).await?.into_iter().find(|row| row.id == claim).ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}
