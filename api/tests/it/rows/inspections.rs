//! The rows of on-site inspections.

use serde_json::json;

use super::{Row, Who::These, nothing};
use crate::{ask::Sent, inspections};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/inspections", These("SMAI"), nothing),
        ("post", "/classes/{id}/inspections", These("SM"), |_| Sent::Json(inspections::sheet())),
        ("get", "/inspections/{id}", These("SMAI"), nothing),
        ("put", "/inspections/{id}/sheet", These("SM"), |_| {
            Sent::Json(json!({ "revision": 1, "sheet": inspections::sheet() }))
        }),
        ("post", "/inspections/{id}/signatures", These("SM"), |_| Sent::Json(inspections::signature())),
        ("post", "/inspections/{id}/countersignature", These("I"), |_| Sent::Json(inspections::signature())),
    ]
}
