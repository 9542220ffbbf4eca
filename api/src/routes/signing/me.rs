//! `GET /me`

use axum::{Json, extract::State};

use crate::{
    app::Shared,
    authorise::actions,
    dto::person::Me,
    extract::{SignedIn, Whoever},
    problem::Failure,
    refusals::PlainRefusals,
};

/// Says who is signed in and what they may do; of a token, what it may do.
#[utoipa::path(
    get,
    path = "/me",
    tag = "Sign-in",
    responses((status = 200, description = "Who is signed in.", body = Me), PlainRefusals),
)]
pub async fn show_me(State(app): State<Shared>, Whoever { who, must_enrol }: Whoever) -> Result<Json<Me>, Failure> {
    let second_factor = app.store.read().await?.has_second_factor(who.id()).await?;
    Ok(Json(of(&who, second_factor, must_enrol)))
}

/// What a person is told about themselves.
pub(super) fn of(who: &SignedIn, second_factor: bool, must_enrol: bool) -> Me {
    let user = who.user.clone();
    Me {
        user_id: user.id,
        username: user.username,
        display_name: user.display_name,
        role: user.role.into(),
        institution: user.institution.map(Into::into),
        actions: actions(who).into_iter().map(Into::into).collect(),
        second_factor,
        must_enrol,
    }
}
