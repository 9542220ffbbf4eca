//! `DELETE /users/{id}/second-factor`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::UserId};
use serde_json::json;

use crate::{
    app::Shared,
    extract::{Id, InPerson, Params},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Switches somebody's second factor off: for who lost both device and recovery codes. Every sign-in of theirs ends.
#[utoipa::path(
    delete,
    path = "/users/{id}/second-factor",
    tag = "Users",
    params(("id" = Uuid, Path, description = "Identity of the user.")),
    responses((status = 204, description = "It is off."), WriteRefusals),
)]
pub async fn remove_second_factor_of(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Params(Id { id }): Params<Id<UserId>>,
) -> Result<StatusCode, Failure> {
    who.may(Action::EditUser, None)?;
    if id == who.id() {
        let en = "switch your own off with password and code (POST /me/second-factor/removal)";
        return Err(Failure::conflict("请用密码和验证码解除自己的验证器。", en));
    }
    let mut tx = app.store.begin().await?;
    tx.user(id).await?.ok_or(Failure::NotFound)?;
    tx.remove_second_factor(id).await?;
    tx.end_sign_ins_of(id).await?;
    tx.audit(who.did(app.now(), "remove_second_factor", "user", id, json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
