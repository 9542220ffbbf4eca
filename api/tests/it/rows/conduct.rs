//! The rows of violations and messages.

use serde_json::json;

use super::{
    Row,
    Who::{Listed, These},
    nothing, thing,
};
use crate::{ask::Sent, seed::Kind};

pub fn rows() -> Vec<Row> {
    vec![
        ("post", "/classes/{id}/violations", These("SM"), |side| {
            Sent::Json(json!({ "findings": [thing(Kind::Confirmed, side)] }))
        }),
        ("get", "/institutions/{id}/violations", These("SMAI"), nothing),
        ("get", "/violations", Listed("SMAI"), nothing),
        ("get", "/violations/{id}", These("SMAI"), nothing),
        ("post", "/violations/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({ "outcome": "confirmed", "severity": "ordinary", "reason": "现场核实" }))
        }),
        ("post", "/violations/{id}/withdrawal", These("M"), |_| Sent::Json(json!({ "reason": "申诉成立" }))),
        ("post", "/violations/{id}/measures", These("SM"), |_| {
            Sent::Json(json!({ "kind": "warning", "on": "2024-10-08", "note": "警告书1号" }))
        }),
        ("post", "/violations/{id}/suspension", These("SM"), |_| {
            Sent::Json(json!({ "on": "2024-10-08", "document": "报告1号" }))
        }),
        ("post", "/violations/{id}/suspension/order", These("SM"), |_| {
            Sent::Json(json!({ "number": "决定1号", "on": "2024-10-08", "from": "2024-10-09" }))
        }),
        ("post", "/violations/{id}/suspension/lifting", These("M"), |_| {
            Sent::Json(json!({ "on": "2024-11-04", "reason": "整改合格" }))
        }),
        ("get", "/classes/{id}/messages", These("SMAI"), nothing),
        ("post", "/classes/{id}/messages", These("SMI"), |side| {
            Sent::Json(json!({ "text": "请说明", "files": [thing(Kind::File, side)] }))
        }),
        ("put", "/classes/{id}/messages/read", These("SMI"), |side| {
            Sent::Json(json!({ "up_to": thing(Kind::Answered, side) }))
        }),
    ]
}
