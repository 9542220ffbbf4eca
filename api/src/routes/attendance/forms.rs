//! `GET /classes/{id}/months/{month}/form.html` and `/form.xlsx`

use axum::{extract::State, response::Response};
use duxue_rules::access::Action;
use jiff::Timestamp;

use super::{Facts, month::month_of};
use crate::{
    app::Shared,
    extract::{ClassMonth, Params, SignedIn},
    forms::{Form, as_page, as_sheet, monthly},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
};

/// Prints a class's month as 附件6, made from punches (R7.3c): a page.
#[utoipa::path(
    get,
    path = "/classes/{id}/months/{month}/form.html",
    tag = "Attendance",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("month" = String, Path, description = "The month, `YYYY-MM`.", example = "2024-10"),
    ),
    responses((status = 200, description = "The form.", body = String, content_type = "text/html"), ReadRefusals),
)]
pub async fn print_summary_page(
    State(app): State<Shared>,
    who: SignedIn,
    Params(of): Params<ClassMonth>,
) -> Result<Response, Failure> {
    as_page(&form(&app, &who, of, app.now()).await?)
}

/// Prints a class's month as 附件6, made from punches (R7.3c): a spreadsheet.
#[utoipa::path(
    get,
    path = "/classes/{id}/months/{month}/form.xlsx",
    tag = "Attendance",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("month" = String, Path, description = "The month, `YYYY-MM`.", example = "2024-10"),
    ),
    responses(
        (
            status = 200,
            description = "The form.",
            body = BinaryFile,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ReadRefusals,
    ),
)]
pub async fn print_summary_sheet(
    State(app): State<Shared>,
    who: SignedIn,
    Params(of): Params<ClassMonth>,
) -> Result<Response, Failure> {
    let now = app.now();
    as_sheet(&form(&app, &who, of, now).await?, now)
}

async fn form(
    app: &Shared,
    who: &SignedIn,
    ClassMonth { id, month }: ClassMonth,
    now: Timestamp,
) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let facts = Facts::load(&mut tx, class).await?;
    let shown = month_of(app, &mut tx, &facts, month, now).await?;
    Ok(monthly(&facts.class.institution.name, &month.zh(), &shown))
}
