//! `GET /policies/current`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared, authorise::scope, dto::policy::CurrentPolicy, extract::SignedIn, problem::Failure,
    refusals::DayRefusals,
};

/// Shows the policy in force: every number beside the notice's own, with the rules that use it.
#[utoipa::path(
    get,
    path = "/policies/current",
    tag = "Policies",
    responses((status = 200, description = "The policy in force.", body = CurrentPolicy), DayRefusals),
)]
pub async fn show_current_policy(State(app): State<Shared>, who: SignedIn) -> Result<Json<CurrentPolicy>, Failure> {
    scope(&who, Action::ReadClass)?;
    Ok(Json(super::in_force(&mut app.store.read().await?).await?))
}
