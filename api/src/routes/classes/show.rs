//! `GET /classes/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    dto::class::Class,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows one class.
#[utoipa::path(
    get,
    path = "/classes/{id}",
    tag = "Classes",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The class.", body = Class), ReadRefusals),
)]
pub async fn show_class(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Class>, Failure> {
    let class = app.store.read().await?.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadClass, Some(class.institution.id))?;
    Ok(Json(class.into()))
}
