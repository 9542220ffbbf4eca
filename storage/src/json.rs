//! JSON in TEXT columns, and enums of one word.

use serde::{Serialize, de::DeserializeOwned};

/// JSON text of a value of ours. Such values have string keys and finite numbers, which is all that can fail.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"unwritable\":{:?}}}", error.to_string()))
}

/// The word of an enum without data, as serde writes it.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("not a word: {other:?}"),
    }
}

/// The enum of a word.
pub(crate) fn from_word<T: DeserializeOwned>(word: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
}
