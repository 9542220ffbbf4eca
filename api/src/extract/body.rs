//! Bodies: JSON that refuses what it does not know, and pictures.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;

use crate::problem::{Failure, FieldProblem};

/// The most a JSON body may have. The largest honest one is a daily report that names every absent student.
pub(crate) const JSON_LIMIT: usize = 256 * 1024;

/// The most a timetable may have: six months of eight lessons a day are 250 KB.
pub(crate) const TIMETABLE_LIMIT: usize = 1024 * 1024;

/// The most an enrolment picture may have; a telephone's 12-megapixel JPEG has 3 to 6 MB.
pub(crate) const PICTURE_LIMIT: usize = 12 * 1024 * 1024;

/// A JSON body of at most `LIMIT` bytes. Anything but `application/json` is a 415, so that no other site's form can be
/// taken for one. A route with a limit of its own says so twice: here, and to the router ([`axum::extract::DefaultBodyLimit`]).
pub(crate) struct Body<T, const LIMIT: usize = JSON_LIMIT>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned, const LIMIT: usize> FromRequest<S> for Body<T, LIMIT> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if essence(request.headers()) != Some("application/json".to_owned()) {
            return Err(Failure::UnsupportedMediaType { wanted: "application/json" });
        }
        let bytes = all(request, state, LIMIT).await?;
        parse(&bytes).map(Self)
    }
}

/// A JPEG or PNG file. Only its declared type is looked at here; the decoder looks at the content.
pub(crate) struct Picture(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Picture {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match essence(request.headers()).as_deref() {
            Some("image/jpeg" | "image/png") => all(request, state, PICTURE_LIMIT).await.map(Self),
            _ => Err(Failure::UnsupportedMediaType { wanted: "image/jpeg, image/png" }),
        }
    }
}

/// The media type without its parameters.
pub(super) fn essence(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

pub(super) async fn all<S: Send + Sync>(request: Request, state: &S, limit: usize) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(error) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::TooLarge { limit }
        }
        // The client went away, or sent what HTTP does not allow.
        _ => Failure::BadJson { detail: "the body did not arrive whole".to_owned() },
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if !inner.is_data() {
            return Failure::BadJson { detail: inner.to_string() };
        }
        let message = inner.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        // Where a key is missing, serde's path ends at the object around it; where it is unknown, at the key.
        let field = match (named_in(message), path.as_str()) {
            (Some(key), ".") => key,
            (Some(key), path) if path == key || path.ends_with(&format!(".{key}")) => path.to_owned(),
            (Some(key), around) => format!("{around}.{key}"),
            (None, ".") => "body".to_owned(),
            (None, path) => path.to_owned(),
        };
        Failure::Invalid(vec![FieldProblem::shape(field, chinese(message), message)])
    })?;
    deserializer.end().map_err(|error| Failure::BadJson { detail: error.to_string() })?;
    Ok(value)
}

/// The key that serde says is unknown, missing or there twice.
pub(super) fn named_in(message: &str) -> Option<String> {
    let rest = ["unknown field `", "missing field `", "duplicate field `"]
        .iter()
        .find_map(|start| message.strip_prefix(start))?;
    rest.split_once('`').map(|(key, _)| key.to_owned())
}

fn chinese(message: &str) -> String {
    let kinds = [
        ("unknown field", "不认识的字段。"),
        ("missing field", "缺少此字段。"),
        ("duplicate field", "字段重复。"),
        ("invalid type", "类型不正确。"),
        ("invalid value", "取值不正确。"),
        ("unknown variant", "取值不在允许范围内。"),
    ];
    let known = kinds.iter().find(|(start, _)| message.starts_with(start));
    known.map_or("格式不正确。", |(_, text)| text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::report::NewReport;

    fn wrong(json: &str) -> FieldProblem {
        match parse::<NewReport>(json.as_bytes()) {
            Err(Failure::Invalid(errors)) if errors.len() == 1 => errors[0].clone(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("taken: {json}"),
        }
    }

    #[test]
    fn a_wrong_key_is_named_wherever_it_is() {
        assert_eq!(wrong(r#"{"rolle":1}"#).field, "rolle");
        let whole = r#"{"roll":1,"present":1,"sick":0,"personal":0,"other":0,"absent":ABSENT}"#;
        let with = |absent: &str| wrong(&whole.replace("ABSENT", absent)).field;
        assert_eq!(
            with(r#"[{"student":"0190b5a0-0000-7000-8000-000000000000","reason":"sick","x":1}]"#),
            "absent[0].x"
        );
        assert_eq!(with(r#"[{"student":"nobody","reason":"sick"}]"#), "absent[0].student");
        assert_eq!(with(r#"[{"reason":"sick"}]"#), "absent[0].student");
        assert_eq!(with("7"), "absent");
    }

    #[test]
    fn a_wrong_number_is_named() {
        assert_eq!(wrong(r#"{"roll":-1}"#).field, "roll");
        assert_eq!(wrong(r#"{"roll":1.5}"#).field, "roll");
        assert_eq!(wrong(r#"{"roll":1,"roll":2}"#).field, "roll");
        assert_eq!(wrong("[]").field, "body");
        assert_eq!(wrong(r#"{"roll":1}"#).field, "present");
    }

    #[test]
    fn what_is_no_json_says_where_it_stops_being_it() {
        for text in ["", "{", "{\"roll\":}", "\u{0}", "{} {}"] {
            let result = parse::<serde_json::Value>(text.as_bytes());
            assert!(matches!(result, Err(Failure::BadJson { .. })), "{text}: {result:?}");
        }
        let deep = "[".repeat(100_000);
        assert!(parse::<serde_json::Value>(deep.as_bytes()).is_err());
    }
}
