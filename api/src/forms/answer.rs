//! A form as HTTP answer.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use super::{Form, Pictured, page, sheet};
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
    as_illustrated_page(form, &[])
}

/// The same with pictures below the form, in the page itself.
pub(crate) fn as_illustrated_page(form: &Form, pictures: &[Pictured]) -> Result<Response, Failure> {
    let policy = HeaderValue::try_from(page::policy(form)).map_err(|_| Failure::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, page::draw(form, pictures)).into_response())
}

/// The two routes that print a form of one thing: a page and a spreadsheet of what `$form(app, who, id)` gives.
// rustfmt moves attributes of a macro further to the right each time.
#[rustfmt::skip]
macro_rules! printed {
    (
        $tag:tt, id($Id:ty, $of:tt), $form:ident,
        $page_doc:tt $page:ident $page_path:tt, $sheet_doc:tt $sheet:ident $sheet_path:tt $(,)?
    ) => {
        #[doc = $page_doc]
        #[utoipa::path(
            get,
            path = $page_path,
            tag = $tag,
            params(("id" = Uuid, Path, description = $of)),
            responses(
                (status = 200, description = "The form.", body = String, content_type = "text/html"),
                crate::refusals::ReadRefusals,
            ),
        )]
        pub async fn $page(
            axum::extract::State(app): axum::extract::State<crate::app::Shared>,
            who: crate::extract::SignedIn,
            crate::extract::Params(crate::extract::Id { id }): crate::extract::Params<crate::extract::Id<$Id>>,
        ) -> Result<axum::response::Response, crate::problem::Failure> {
            crate::forms::as_page(&$form(&app, &who, id).await?)
        }

        #[doc = $sheet_doc]
        #[utoipa::path(
            get,
            path = $sheet_path,
            tag = $tag,
            params(("id" = Uuid, Path, description = $of)),
            responses(
                (
                    status = 200,
                    description = "The form.",
                    body = crate::refusals::BinaryFile,
                    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                crate::refusals::ReadRefusals,
            ),
        )]
        pub async fn $sheet(
            axum::extract::State(app): axum::extract::State<crate::app::Shared>,
            who: crate::extract::SignedIn,
            crate::extract::Params(crate::extract::Id { id }): crate::extract::Params<crate::extract::Id<$Id>>,
        ) -> Result<axum::response::Response, crate::problem::Failure> {
            crate::forms::as_sheet(&$form(&app, &who, id).await?, app.now())
        }
    };
}
pub(crate) use printed;
