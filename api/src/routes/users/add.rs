//! `POST /users`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::user::NewUser as Row;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    credentials::{hashed, username},
    dto::person::{NewUser, User},
    extract::{Body, InPerson},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Adds a user.
#[utoipa::path(
    post,
    path = "/users",
    tag = "Users",
    request_body = NewUser,
    responses((status = 201, description = "The user.", body = User), WriteRefusals),
)]
pub async fn add_user(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Body(new): Body<NewUser>,
) -> Result<(StatusCode, Json<User>), Failure> {
    who.may(Action::EditUser, None)?;
    username(&new.username)?;
    let password_hash = hashed("password", new.password).await?;
    let now = app.now();
    let row = Row {
        id: new_id(now),
        username: new.username,
        display_name: new.display_name.trim().to_owned(),
        role: new.role.into(),
        institution: new.institution_id,
        password_hash,
        created_at: now,
    };
    let mut tx = app.store.begin().await?;
    tx.add_user(&row).await?;
    let detail = json!({ "role": new.role, "institution": new.institution_id });
    tx.audit(who.did(now, "add_user", "user", row.id, detail));
    let user = tx.user(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(User::of(user, false))))
}
