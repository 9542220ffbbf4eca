//! `POST /users/{id}/reset`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::UserId};
use duxue_storage::invitation::Invited;
use serde_json::json;

use super::make;
use crate::{
    app::Shared,
    dto::invitation::MadeInvitation,
    extract::{Id, InPerson, Params},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Invites somebody who is there already to set a new password.
///
/// The answer holds, once, what the link to hand over holds. The old password stays good until it is used; then every
/// sign-in and token of theirs ends. An earlier such invitation of theirs is good no more.
#[utoipa::path(
    post,
    path = "/users/{id}/reset",
    tag = "Users",
    params(("id" = Uuid, Path, description = "Identity of the user.")),
    responses((status = 201, description = "The invitation and its secret.", body = MadeInvitation), WriteRefusals),
)]
pub async fn reset_password(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Params(Id { id }): Params<Id<UserId>>,
) -> Result<(StatusCode, Json<MadeInvitation>), Failure> {
    who.may(Action::EditUser, None)?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let user = tx.user(id).await?.ok_or(Failure::NotFound)?;
    if user.disabled_at.is_some() {
        return Err(Failure::conflict("该账号已停用，请先恢复。", "This account is closed; open it again first."));
    }
    let made = make(&mut tx, Invited::Reset(id), who.id(), now).await?;
    tx.audit(who.did(now, "invite_to_reset", "user", id, json!({ "invitation": made.invitation.id })));
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(made)))
}
