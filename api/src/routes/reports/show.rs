//! `GET /classes/{id}/reports/{date}`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::report::Report,
    extract::{ClassDate, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows the daily report of a day.
#[utoipa::path(
    get,
    path = "/classes/{id}/reports/{date}",
    tag = "Reports",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date),
    ),
    responses((status = 200, description = "Its newest revision.", body = Report), ReadRefusals),
)]
pub async fn show_report(
    State(app): State<Shared>,
    who: SignedIn,
    Params(ClassDate { id, date }): Params<ClassDate>,
) -> Result<Json<Report>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    Ok(Json(tx.report(id, date).await?.ok_or(Failure::NotFound)?.into()))
}
