//! The rows of institutions and what the bureau approved.

use serde_json::json;

use super::{
    Row,
    Who::{Listed, These},
    nothing, thing,
};
use crate::{ask::Sent, seed::Kind};

pub fn rows() -> Vec<Row> {
    vec![
        ("post", "/institutions", Listed("M"), |_| Sent::Json(json!({"name": "新学校"}))),
        ("patch", "/institutions/{id}", These("M"), |_| Sent::Json(json!({"name": "改名学校"}))),
        ("get", "/institutions/{id}/textbook-exceptions", These("SMAI"), nothing),
        ("post", "/institutions/{id}/textbook-exceptions", These("M"), |side| {
            Sent::Json(json!({"title": "电工手册", "approved_on": "2024-09-01", "file_id": thing(Kind::File, side)}))
        }),
        ("get", "/approval-lists", Listed("SMAI"), nothing),
        ("get", "/approval-lists/{year}", Listed("SMAI"), nothing),
        ("put", "/approval-lists/{year}", Listed("M"), |side| {
            let line = json!({"institution_id": thing(Kind::Institution, side), "major": "焊工"});
            Sent::Json(json!({"revision": 1, "majors": [line]}))
        }),
        ("get", "/venues/{id}/approvals", These("SMAI"), nothing),
        ("post", "/venues/{id}/approvals", These("M"), |side| {
            Sent::Json(json!({"approved_on": "2024-09-01", "file_id": thing(Kind::File, side)}))
        }),
        ("post", "/venue-approvals/{id}/withdrawal", These("M"), |_| {
            Sent::Json(json!({"on": "2024-11-01", "reason": "场地变更"}))
        }),
    ]
}
