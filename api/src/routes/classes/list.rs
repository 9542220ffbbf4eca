//! `GET /classes`

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use duxue_storage::class::ClassFilter;

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        class::{Class, ClassQuery},
        page::Page,
    },
    extract::{Filter, SignedIn},
    load,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the classes that the reader may see.
#[utoipa::path(
    get,
    path = "/classes",
    tag = "Classes",
    params(ClassQuery),
    responses((status = 200, description = "The classes, newest first.", body = Page<Class>), DayRefusals),
)]
pub async fn list_classes(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(ClassQuery { opening, settlement }): Filter<ClassQuery>,
) -> Result<Json<Page<Class>>, Failure> {
    let institution = scope(&who, Action::ReadClass)?;
    let (opening, settlement) = (opening.map(Into::into), settlement.map(Into::into));
    let filter = ClassFilter { institution, opening, settlement };
    let rows = load::classes_that(&mut app.store.read().await?, filter).await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
