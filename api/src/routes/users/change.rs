//! `PATCH /users/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::UserId};
use serde_json::json;

use crate::{
    app::Shared,
    dto::person::{ChangedUser, User},
    extract::{Body, Id, InPerson, Params},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Closes somebody's account, or opens it again.
///
/// Closing ends every sign-in of theirs at once, and their tokens are good for nothing while it lasts. What they did
/// stays. Nobody closes their own account, so that there is always somebody who can open one.
#[utoipa::path(
    patch,
    path = "/users/{id}",
    tag = "Users",
    params(("id" = Uuid, Path, description = "Identity of the user.")),
    request_body = ChangedUser,
    responses((status = 200, description = "The user.", body = User), WriteRefusals),
)]
pub async fn change_user(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Params(Id { id }): Params<Id<UserId>>,
    Body(ChangedUser { closed }): Body<ChangedUser>,
) -> Result<Json<User>, Failure> {
    who.may(Action::EditUser, None)?;
    if id == who.id() {
        return Err(Failure::field("closed", "不能停用自己的账号。", "nobody closes their own account"));
    }
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.user(id).await?.ok_or(Failure::NotFound)?;
    let action = if closed {
        tx.disable_user(id, now).await?;
        "close_user"
    } else {
        tx.enable_user(id).await?;
        "reopen_user"
    };
    tx.audit(who.did(now, action, "user", id, json!({})));
    let user = tx.user(id).await?.ok_or(Failure::Internal)?;
    let second_factor = tx.has_second_factor(id).await?;
    tx.commit().await?;
    Ok(Json(User::of(user, second_factor)))
}
