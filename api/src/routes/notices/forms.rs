//! `GET /notices/{id}/form.html` and `/form.xlsx`: open to anyone while the notice hangs.

use axum::{extract::State, response::Response};
use duxue_rules::{civil, ids::NoticeId};

use crate::{
    app::Shared,
    dto::notice::PublicNotice,
    extract::{Id, Params},
    forms::{Form, as_page, as_sheet, notice},
    problem::Failure,
    refusals::{BinaryFile, OpenRefusals},
};

/// Prints a public notice while it hangs, numbers masked (R10.1): a page. Open to anyone.
#[utoipa::path(
    get,
    path = "/notices/{id}/form.html",
    tag = "Notices",
    security(()),
    params(("id" = Uuid, Path, description = "Identity of the notice.")),
    responses((status = 200, description = "The form.", body = String, content_type = "text/html"), OpenRefusals),
)]
pub async fn print_notice_page(
    State(app): State<Shared>,
    Params(Id { id }): Params<Id<NoticeId>>,
) -> Result<Response, Failure> {
    as_page(&form(&app, id).await?)
}

/// Prints a public notice while it hangs, numbers masked (R10.1): a spreadsheet. Open to anyone.
#[utoipa::path(
    get,
    path = "/notices/{id}/form.xlsx",
    tag = "Notices",
    security(()),
    params(("id" = Uuid, Path, description = "Identity of the notice.")),
    responses(
        (
            status = 200,
            description = "The form.",
            body = BinaryFile,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        OpenRefusals,
    ),
)]
pub async fn print_notice_sheet(
    State(app): State<Shared>,
    Params(Id { id }): Params<Id<NoticeId>>,
) -> Result<Response, Failure> {
    as_sheet(&form(&app, id).await?, app.now())
}

async fn form(app: &Shared, id: NoticeId) -> Result<Form, Failure> {
    let today = civil::date_of(app.now());
    let row = app.store.read().await?.hanging_notice(id, today).await?.ok_or(Failure::NotFound)?;
    Ok(notice(&PublicNotice::from(&row)))
}
