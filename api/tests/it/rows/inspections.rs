//! The rows of on-site inspections and draws.

use serde_json::json;

use super::{
    Row,
    Who::{Listed, These},
    nothing,
};
use crate::{ask::Sent, inspections};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/inspections", These("SMAI"), nothing),
        ("post", "/classes/{id}/inspections", These("SM"), |_| Sent::Json(inspections::sheet())),
        ("get", "/draws", Listed("SMA"), nothing),
        ("post", "/draws", Listed("SM"), |_| Sent::Json(json!({ "wanted": 1 }))),
        ("get", "/inspections/{id}", These("SMAI"), nothing),
        ("put", "/inspections/{id}/sheet", These("SM"), |_| {
            Sent::Json(json!({ "revision": 1, "sheet": inspections::sheet() }))
        }),
        ("post", "/inspections/{id}/signatures", These("SM"), |_| Sent::Json(inspections::signature())),
        ("post", "/inspections/{id}/countersignature", These("I"), |_| Sent::Json(inspections::signature())),
    ]
}
