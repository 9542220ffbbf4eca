//! `GET /classes/{id}/spot-checks`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use super::shown;
use crate::{
    app::Shared,
    dto::subsidy::SpotChecks,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the spot checks of a class: every draw with its seed, and what came out (R4.4).
#[utoipa::path(
    get,
    path = "/classes/{id}/spot-checks",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The spot checks.", body = SpotChecks), ReadRefusals),
)]
pub async fn show_spot_checks(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<SpotChecks>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadSupervision).await?;
    Ok(Json(shown(&mut tx, id).await?))
}
