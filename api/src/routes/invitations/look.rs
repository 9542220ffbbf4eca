//! `POST /invitation`

use axum::{Json, extract::State};

use super::open;
use crate::{
    app::Shared,
    dto::invitation::{InvitationSecret, OpenInvitation},
    extract::Body,
    problem::Failure,
    refusals::InvitedRefusals,
};

/// Shows what an invitation is to. Whoever has the link needs no sign-in.
#[utoipa::path(
    post,
    path = "/invitation",
    tag = "Sign-in",
    security(()),
    request_body = InvitationSecret,
    responses((status = 200, description = "What it is to.", body = OpenInvitation), InvitedRefusals),
)]
pub async fn look_at_invitation(
    State(app): State<Shared>,
    Body(InvitationSecret { secret }): Body<InvitationSecret>,
) -> Result<Json<OpenInvitation>, Failure> {
    let mut tx = app.store.read().await?;
    Ok(Json(open(&mut tx, &secret, app.now()).await?.into()))
}
