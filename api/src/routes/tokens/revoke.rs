//! `DELETE /tokens/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::ApiTokenId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, InPerson, Params},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Revokes a token: it is good for nothing from now on.
///
/// One's own; whoever sees users may revoke everybody's.
#[utoipa::path(
    delete,
    path = "/tokens/{id}",
    tag = "Users",
    params(("id" = Uuid, Path, description = "Identity of the token.")),
    responses((status = 204, description = "Revoked."), WriteRefusals),
)]
pub async fn revoke_token(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Params(Id { id }): Params<Id<ApiTokenId>>,
) -> Result<StatusCode, Failure> {
    let mut tx = app.store.begin().await?;
    let token = tx.api_token(id).await?;
    // Whether another's is there is told to nobody who may not revoke it.
    if token.as_ref().is_none_or(|token| token.owner.id != who.id()) {
        who.may(Action::EditUser, None)?;
    }
    let token = token.ok_or(Failure::NotFound)?;
    let now = app.now();
    tx.revoke_api_token(id, now, who.id()).await?;
    tx.audit(who.did(now, "revoke_token", "api_token", id, json!({ "owner": token.owner.id })));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
