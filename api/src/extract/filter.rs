//! The parameters in a query.

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::body::named_in;
use crate::problem::Failure;

/// The parameters of a query; an unknown or a wrong one is a 400 that names it.
pub(crate) struct Filter<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Filter<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self(query)),
            Err(rejection) => {
                // "Failed to deserialize query string: FIELD: what is wrong", or without the field.
                let text = rejection.body_text();
                let rest = text.split_once(": ").map_or(text.as_str(), |(_, rest)| rest);
                let (path, message) = rest.split_once(": ").unwrap_or(("", rest));
                let field = named_in(message).unwrap_or_else(|| path.to_owned());
                let field = if field.is_empty() { "query".to_owned() } else { field };
                Err(Failure::parameter(
                    &field,
                    format!("查询参数 {field} 不正确。"),
                    "the query parameter is unknown, missing or wrong",
                ))
            }
        }
    }
}
