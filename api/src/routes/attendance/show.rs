//! `GET /classes/{id}/months/{month}`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use super::{Facts, month::month_of};
use crate::{
    app::Shared,
    dto::attendance::AttendanceMonth,
    extract::{ClassMonth, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a class's attendance in a month, made from punches, leaves and statements (R7.3c).
///
/// A line a student, a cell for each training day that is over; each student's rate over all of the class's days so far
/// (R7.2c); and everything on which punches, daily reports and the handed-in summary do not agree.
#[utoipa::path(
    get,
    path = "/classes/{id}/months/{month}",
    tag = "Attendance",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("month" = String, Path, description = "The month, `YYYY-MM`.", example = "2024-10"),
    ),
    responses((status = 200, description = "The month.", body = AttendanceMonth), ReadRefusals),
)]
pub async fn show_attendance(
    State(app): State<Shared>,
    who: SignedIn,
    Params(ClassMonth { id, month }): Params<ClassMonth>,
) -> Result<Json<AttendanceMonth>, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let facts = Facts::load(&mut tx, class).await?;
    Ok(Json(month_of(&app, &mut tx, &facts, month, app.now()).await?))
}
