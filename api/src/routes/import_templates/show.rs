//! `GET /import-templates/{table}/template.xlsx`

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{
    app::Shared,
    dto::import::TemplateKind,
    extract::{Params, SignedIn, TemplateOf},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
    routes::{approval_lists, students, timetables},
    tables::template,
};

/// Gives the workbook to fill in for an import, with the headings that it expects.
#[utoipa::path(
    get,
    path = "/import-templates/{table}/template.xlsx",
    tag = "System",
    params(("table" = inline(TemplateKind), Path, description = "For which import.")),
    responses(
        (
            status = 200,
            description = "The workbook.",
            body = BinaryFile,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ReadRefusals,
    ),
)]
pub async fn show_import_template(
    State(app): State<Shared>,
    _: SignedIn,
    Params(TemplateOf { table }): Params<TemplateOf>,
) -> Result<Response, Failure> {
    let (name, title, columns) = match table {
        TemplateKind::Students => ("students", "花名册", students::import::COLUMNS),
        TemplateKind::Timetable => ("timetable", "课程表", timetables::import::COLUMNS),
        TemplateKind::ApprovalList => ("approval-list", "机构及专业名单", approval_lists::import::COLUMNS),
    };
    workbook(name, template(title, columns, app.now())?)
}

/// A workbook as an answer, to be kept.
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Result<Response, Failure> {
    let disposition = format!("attachment; filename=\"{name}.xlsx\"");
    let disposition = HeaderValue::try_from(disposition).map_err(|_| Failure::Internal)?;
    let kind = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
