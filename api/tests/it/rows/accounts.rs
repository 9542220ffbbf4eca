//! The rows of people's accounts.

use serde_json::json;

use super::{
    Row,
    Who::{Listed, Signed},
    nothing,
};
use crate::{ask::Sent, seed::PASSWORD};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/tokens", Signed, nothing),
        ("post", "/tokens", Signed, |_| {
            Sent::Json(json!({"name": "报表", "scopes": ["read_class"], "expires_at": "2024-12-01T00:00:00Z",
                "password": PASSWORD}))
        }),
        // One's own besides.
        ("delete", "/tokens/{id}", Listed("M"), nothing),
    ]
}
