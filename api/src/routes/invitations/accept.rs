//! `POST /invitation/acceptance`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::ids::UserId;
use duxue_storage::{Tx, audit::Entry, invitation::Invitation, user::NewUser};
use jiff::Timestamp;
use serde_json::json;

use super::open;
use crate::{
    app::{Shared, new_id},
    credentials::{hashed, username},
    dto::{invitation::Acceptance, person::User},
    extract::Body,
    problem::Failure,
    refusals::InvitedRefusals,
};

/// Accepts an invitation: somebody new chooses a user name and a password, whoever is there already a new password.
///
/// A new password ends every sign-in and token of theirs. Signing in comes after it.
#[utoipa::path(
    post,
    path = "/invitation/acceptance",
    tag = "Sign-in",
    security(()),
    request_body = Acceptance,
    responses((status = 201, description = "Whoever may now sign in.", body = User), InvitedRefusals),
)]
pub async fn accept_invitation(
    State(app): State<Shared>,
    Body(Acceptance { secret, username: chosen, password }): Body<Acceptance>,
) -> Result<(StatusCode, Json<User>), Failure> {
    let now = app.now();
    // Hashing is costly: it is done for nobody who has no good link.
    open(&mut app.store.read().await?, &secret, now).await?;
    if let Some(chosen) = &chosen {
        username(chosen)?;
    }
    let password_hash = hashed("password", password).await?;

    let mut tx = app.store.begin().await?;
    let invitation = open(&mut tx, &secret, now).await?;
    let account = match (&invitation.resets, chosen) {
        (None, Some(username)) => found(&mut tx, &invitation, username, password_hash, now).await?,
        (Some(user), None) => {
            tx.set_password(user.id, &password_hash).await?;
            tx.revoke_api_tokens_of(user.id, now, user.id).await?;
            tx.forget_failed_sign_ins(&format!("user:{}", user.name)).await?;
            user.id
        }
        (None, None) => return Err(Failure::field("username", "请选择用户名。", "choose a user name")),
        (Some(_), Some(_)) => {
            let en = "the user name stays as it is; leave this out";
            return Err(Failure::field("username", "用户名不变，请勿填写。", en));
        }
    };
    tx.accept_invitation(invitation.id, account, now).await?;
    tx.audit(Entry {
        at: now,
        actor: Some(account),
        action: if invitation.resets.is_some() { "reset_password" } else { "accept_invitation" }.to_owned(),
        subject_kind: "user".to_owned(),
        subject_id: account.to_string(),
        detail: json!({ "invitation": invitation.id, "role": invitation.role }),
    });
    let user = tx.user(account).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(User::of(user, false))))
}

/// Adds whoever was invited.
async fn found(
    tx: &mut Tx,
    invitation: &Invitation,
    username: String,
    password_hash: String,
    now: Timestamp,
) -> Result<UserId, Failure> {
    let user = NewUser {
        id: new_id(now),
        username,
        display_name: invitation.display_name.clone(),
        role: invitation.role,
        institution: invitation.institution.as_ref().map(|institution| institution.id),
        password_hash,
        created_at: now,
    };
    tx.add_user(&user).await?;
    Ok(user.id)
}
