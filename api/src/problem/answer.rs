//! A failure as the answer that says so.

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Failure, FieldProblem};
use crate::{dto::refs::Text, tus};

/// A problem, as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// What kind, as a URN that programs can tell apart: `urn:duxue:problem:not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words.
    #[schema(example = "Not found")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What to do about it, in English.
    pub detail: String,
    /// The same in both languages.
    pub text: Text,
    /// The field, when there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule, when there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What the thing is now, as a GET shows it, where it is no longer what `If-Match` names; its `ETag` stands in the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<serde_json::Value>,
    /// The request's id, which the log has too.
    pub request_id: String,
}

impl Failure {
    /// The body that says so. The request's id comes in from outside.
    pub fn problem(&self, request_id: &str) -> Problem {
        let (status, word, title, text) = self.row();
        let (field, rule, errors) = match self {
            Self::BadParameter { field, .. } => (Some(field.clone()), None, Vec::new()),
            Self::Conflict { field, .. } => (field.clone(), None, Vec::new()),
            Self::Invalid(errors) => match errors.as_slice() {
                [one] => (Some(one.field.clone()), Some(one.rule.clone()), errors.clone()),
                _ => (None, None, errors.clone()),
            },
            _ => (None, None, Vec::new()),
        };
        Problem {
            kind: format!("urn:duxue:problem:{word}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: text.en.clone(),
            text,
            field,
            rule,
            errors,
            current: match self {
                Self::Changed { current } => current.as_ref().map(|current| current.1.clone()),
                _ => None,
            },
            request_id: request_id.to_owned(),
        }
    }

    /// The whole answer.
    pub fn answer(&self, request_id: &str) -> Response {
        let mut response = (self.row().0, Json(self.problem(request_id))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::Throttled { retry_after_seconds } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
            }
            Self::TusVersion => {
                headers.insert(tus::TUS_VERSION, HeaderValue::from_static(tus::VERSION));
            }
            Self::WrongOffset { offset } | Self::InsufficientStorage { offset: Some(offset) } => {
                headers.insert(tus::UPLOAD_OFFSET, HeaderValue::from(*offset));
            }
            Self::Changed { current: Some(current) } => {
                if let Ok(tag) = HeaderValue::try_from(&current.0) {
                    headers.insert(header::ETAG, tag);
                }
            }
            Self::RangeNotSatisfiable { size } => {
                if let Ok(value) = HeaderValue::try_from(format!("bytes */{size}")) {
                    headers.insert(header::CONTENT_RANGE, value);
                }
            }
            _ => {}
        }
        response
    }
}

/// The failure travels in the answer's extensions; the layer that knows the request's id writes the body.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.row().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
