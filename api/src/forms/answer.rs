//! A form as HTTP answer.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use super::{Form, page, sheet};
use crate::problem::{Failure, chain};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The spreadsheet, to be kept.
pub(crate) fn as_sheet(form: &Form, at: Timestamp) -> Result<Response, Failure> {
    let bytes = sheet::draw(form, at).map_err(|error| {
        tracing::error!(error = chain(&error), "a form cannot be drawn as a spreadsheet");
        Failure::Internal
    })?;
    let disposition = format!("attachment; filename=\"{}.xlsx\"", form.name);
    let disposition = HeaderValue::try_from(disposition).map_err(|_| Failure::Internal)?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(XLSX)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

/// The page, to be printed. Its policy allows its own style by hash, and nothing else.
pub(crate) fn as_page(form: &Form) -> Result<Response, Failure> {
    let policy = HeaderValue::try_from(page::policy()).map_err(|_| Failure::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, page::draw(form)).into_response())
}
