//! `GET /classes/{id}/platform`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::ClassId, opening::class_name};

use crate::{
    app::Shared,
    dto::{
        platform::{ClassNameParts, Platform},
        refs::ClassRef,
    },
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a class's name in its parts, and what the provincial platform calls it (R6.1).
#[utoipa::path(
    get,
    path = "/classes/{id}/platform",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses((status = 200, description = "The class and the platform.", body = Platform), ReadRefusals),
)]
pub async fn show_platform(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Json<Platform>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let parts = class_name(&class.name);
    Ok(Json(Platform {
        class: ClassRef { id, name: class.name },
        parts: parts.map(|name| ClassNameParts { year: name.year, major: name.major, batch: name.batch }),
        answer: tx.platform_class(id).await?.map(Into::into),
    }))
}
