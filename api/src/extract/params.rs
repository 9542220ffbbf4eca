//! The parameters in a path.

use std::fmt;

use axum::{
    extract::{FromRequestParts, Path, path::ErrorKind, rejection::PathRejection},
    http::request::Parts,
};
use duxue_rules::{
    calendar::Month,
    ids::{CameraId, ClassId, FindingId, InstitutionId, WebhookId},
};
use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, Visitor},
};

use crate::{dto::import::TemplateKind, problem::Failure};

/// The parameters of a path; a wrong one is a 400 that names it.
pub(crate) struct Params<T>(pub(crate) T);

/// `/{id}`
#[derive(Deserialize)]
pub(crate) struct Id<I> {
    pub(crate) id: I,
}

/// `/classes/{id}/…/{date}`
#[derive(Deserialize)]
pub(crate) struct ClassDate {
    pub(crate) id: ClassId,
    pub(crate) date: Date,
}

/// `/approval-lists/{year}`
#[derive(Deserialize)]
pub(crate) struct Year {
    pub(crate) year: i16,
}

/// `/classes/{id}/months/{month}…`
#[derive(Deserialize)]
pub(crate) struct ClassMonth {
    pub(crate) id: ClassId,
    #[serde(deserialize_with = "month")]
    pub(crate) month: Month,
}

/// Reads a month while the text is visited: only then does axum tell which parameter was wrong.
fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
    struct Text;
    impl Visitor<'_> for Text {
        type Value = Month;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a month, YYYY-MM")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Month, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text)
}

/// `/institutions/{id}/reports/{date}/…`
#[derive(Deserialize)]
pub(crate) struct InstitutionDate {
    pub(crate) id: InstitutionId,
    pub(crate) date: Date,
}

/// `/webhooks/{id}/deliveries/{seq}`
#[derive(Deserialize)]
pub(crate) struct DeliveryOf {
    pub(crate) id: WebhookId,
    pub(crate) seq: i64,
}

/// `/import-templates/{table}/…`
#[derive(Deserialize)]
pub(crate) struct TemplateOf {
    pub(crate) table: TemplateKind,
}

/// `/findings/{id}/frames/{file}`
#[derive(Deserialize)]
pub(crate) struct FrameName {
    pub(crate) id: FindingId,
    pub(crate) file: String,
}

/// `/cameras/{id}/days/{date}/{file}`
#[derive(Deserialize)]
pub(crate) struct DayPicture {
    pub(crate) id: CameraId,
    pub(crate) date: Date,
    pub(crate) file: String,
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(params)) => Ok(Self(params)),
            Err(PathRejection::FailedToDeserializePathParams(error)) => Err(match error.into_kind() {
                ErrorKind::ParseErrorAtKey { key, .. }
                | ErrorKind::InvalidUtf8InPathParam { key }
                | ErrorKind::DeserializeError { key, .. } => wrong(&key),
                _ => wrong("path"),
            }),
            Err(_) => Err(Failure::Internal),
        }
    }
}

/// What was sent is not repeated: it may be anything.
fn wrong(key: &str) -> Failure {
    match key {
        "date" => Failure::parameter(key, "日期格式应为 YYYY-MM-DD。", "a date is written YYYY-MM-DD"),
        "year" => Failure::parameter(key, "年份格式应为 YYYY。", "a year is written YYYY"),
        "month" => Failure::parameter(key, "月份格式应为 YYYY-MM。", "a month is written YYYY-MM"),
        "id" => Failure::parameter(key, "编号格式不正确。", "an identity is a UUID"),
        _ => Failure::parameter(key, "地址中的参数不正确。", "this part of the address is not of the right form"),
    }
}
