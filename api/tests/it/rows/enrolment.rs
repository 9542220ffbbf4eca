//! The rows of students' papers, consent, departure and verification.

use serde_json::json;

use super::{Row, Who::These, nothing, thing};
use crate::{ask::Sent, enrolment, seed::Kind};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/papers", These("SMAI"), nothing),
        ("get", "/students/{id}/papers", These("SMAI"), nothing),
        ("put", "/students/{id}/papers", These("I"), |side| Sent::Json(enrolment::papers(side, 1))),
        ("post", "/students/{id}/id-number", These("SMAI"), |_| Sent::Json(json!({"reason": "核对参保记录"}))),
        ("post", "/students/{id}/export", These("SMAI"), nothing),
        ("post", "/students/{id}/erasure", These("MI"), nothing),
        ("post", "/students/{id}/departure", These("MI"), |_| {
            Sent::Json(json!({"on": "2024-10-08", "reason": "已就业"}))
        }),
        ("get", "/students/{id}/consents", These("SMAI"), nothing),
        ("post", "/students/{id}/consents", These("MI"), |_| Sent::Json(json!({"given": false}))),
        ("get", "/classes/{id}/verifications", These("SMAI"), nothing),
        ("post", "/classes/{id}/verifications", These("I"), |side| {
            Sent::Json(enrolment::verified("business", "before", &[thing(Kind::Student, side)]))
        }),
    ]
}
