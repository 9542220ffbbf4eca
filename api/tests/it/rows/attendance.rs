//! The rows of devices, punches, leave, statements and the months made of them.

use serde_json::json;

use super::{
    Row,
    Who::{Device, Listed, These},
    nothing, thing,
};
use crate::{ask::Sent, inspections, leaves, punches, seed::Kind, statements};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/devices", Listed("SMAI"), nothing),
        ("post", "/devices", These("M"), |side| {
            Sent::Json(json!({ "venue_id": thing(Kind::Venue, side), "name": "窗边" }))
        }),
        ("delete", "/devices/{id}", These("M"), nothing),
        ("post", "/punches", Device, |side| Sent::Json(json!({ "punches": [punches::punch(side, "1")] }))),
        ("get", "/classes/{id}/punches", These("SMAI"), nothing),
        ("post", "/classes/{id}/punches/import", These("I"), |_| Sent::Raw("text/csv", punches::TABLE.into())),
        ("get", "/classes/{id}/leaves", These("SMAI"), nothing),
        ("post", "/classes/{id}/leaves", These("I"), |side| {
            Sent::Json(leaves::leave(side, "2024-10-10", "2024-10-11"))
        }),
        ("post", "/leaves/{id}/cancellation", These("I"), |_| Sent::Json(json!({ "reason": "学员到课" }))),
        ("get", "/classes/{id}/statements", These("SMAI"), nothing),
        ("post", "/classes/{id}/statements", These("I"), |side| Sent::Json(statements::statement(side))),
        ("post", "/statements/{id}/signature", These("I"), |_| Sent::Json(inspections::signature())),
        ("post", "/statements/{id}/scans", These("I"), |side| {
            Sent::Json(json!({ "seal_file_id": thing(Kind::File, side) }))
        }),
        ("get", "/classes/{id}/months/{month}", These("SMAI"), nothing),
        ("put", "/classes/{id}/months/{month}/summary", These("I"), |side| {
            Sent::Json(json!({ "lines": [
                { "student_id": thing(Kind::Student, side), "cells": { "2024-10-08": "present" } },
            ] }))
        }),
        ("get", "/classes/{id}/months/{month}/form.html", These("SMAI"), nothing),
        ("get", "/classes/{id}/months/{month}/form.xlsx", These("SMAI"), nothing),
        ("get", "/institutions/{id}/reports/{date}/form.html", These("SMAI"), nothing),
        ("get", "/institutions/{id}/reports/{date}/form.xlsx", These("SMAI"), nothing),
    ]
}
