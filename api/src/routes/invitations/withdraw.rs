//! `DELETE /invitations/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::InvitationId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, InPerson, Params},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Takes an invitation back: its link is good for nothing from now on.
#[utoipa::path(
    delete,
    path = "/invitations/{id}",
    tag = "Users",
    params(("id" = Uuid, Path, description = "Identity of the invitation.")),
    responses((status = 204, description = "Taken back."), WriteRefusals),
)]
pub async fn withdraw_invitation(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Params(Id { id }): Params<Id<InvitationId>>,
) -> Result<StatusCode, Failure> {
    who.may(Action::EditUser, None)?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.invitation(id).await?.ok_or(Failure::NotFound)?;
    tx.withdraw_invitation(id, now, who.id()).await?;
    tx.audit(who.did(now, "withdraw_invitation", "invitation", id, json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
