//! `POST /invitations`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::invitation::Invited;
use serde_json::json;

use super::make;
use crate::{
    app::Shared,
    dto::invitation::{MadeInvitation, NewInvitation},
    extract::{Body, InPerson},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Invites somebody.
///
/// The answer holds, once, what the link to hand over holds. With it they choose a user name and a password.
#[utoipa::path(
    post,
    path = "/invitations",
    tag = "Users",
    request_body = NewInvitation,
    responses((status = 201, description = "The invitation and its secret.", body = MadeInvitation), WriteRefusals),
)]
pub async fn invite(
    State(app): State<Shared>,
    InPerson { who, .. }: InPerson,
    Body(new): Body<NewInvitation>,
) -> Result<(StatusCode, Json<MadeInvitation>), Failure> {
    who.may(Action::EditUser, None)?;
    let now = app.now();
    let detail = json!({ "role": new.role, "institution": new.institution_id });
    let invited = Invited::New {
        display_name: new.display_name.trim().to_owned(),
        role: new.role.into(),
        institution: new.institution_id,
    };
    let mut tx = app.store.begin().await?;
    let made = make(&mut tx, invited, who.id(), now).await?;
    tx.audit(who.did(now, "invite", "invitation", made.invitation.id, detail));
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(made)))
}
