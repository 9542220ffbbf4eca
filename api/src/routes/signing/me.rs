//! `GET /me`

use axum::Json;

use crate::{authorise::actions, dto::person::Me, extract::SignedIn, refusals::PlainRefusals};

/// Says who is signed in and what they may do; of a token, what it may do.
#[utoipa::path(
    get,
    path = "/me",
    tag = "Sign-in",
    responses((status = 200, description = "Who is signed in.", body = Me), PlainRefusals),
)]
pub async fn show_me(who: SignedIn) -> Json<Me> {
    Json(of(&who))
}

/// What a person is told about themselves.
pub(super) fn of(who: &SignedIn) -> Me {
    let user = who.user.clone();
    Me {
        user_id: user.id,
        username: user.username,
        display_name: user.display_name,
        role: user.role.into(),
        institution: user.institution.map(Into::into),
        actions: actions(who).into_iter().map(Into::into).collect(),
    }
}
