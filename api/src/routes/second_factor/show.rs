//! `GET /me/second-factor`

use axum::{Json, extract::State};

use crate::{
    app::Shared, dto::second_factor::SecondFactor, extract::Enrolling, problem::Failure, refusals::InPersonRefusals,
};

/// Shows how one's own second factor stands.
#[utoipa::path(
    get,
    path = "/me/second-factor",
    tag = "Sign-in",
    responses((status = 200, description = "How it stands.", body = SecondFactor), InPersonRefusals),
)]
pub async fn show_second_factor(
    State(app): State<Shared>,
    Enrolling { who, .. }: Enrolling,
) -> Result<Json<SecondFactor>, Failure> {
    let factor = app.store.read().await?.second_factor(who.id(), &app.secret).await?;
    let on = factor.filter(|factor| factor.confirmed_at.is_some());
    Ok(Json(SecondFactor {
        required: app.settings.asks_second_factor(who.actor),
        on_since: on.as_ref().and_then(|factor| factor.confirmed_at),
        recovery_codes: on.map_or(0, |factor| factor.recovery_codes),
    }))
}
