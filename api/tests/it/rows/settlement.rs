//! The rows of close-out, subsidy, public notices and tracking.

use serde_json::json;

use super::{
    Row,
    Who::{Anyone, Listed, Signed, These},
    nothing, thing,
};
use crate::{
    ask::Sent,
    seed::{Kind, settlement::student},
};

pub fn rows() -> Vec<Row> {
    vec![
        ("get", "/classes/{id}/closeouts", These("SMAI"), nothing),
        ("post", "/classes/{id}/closeouts", These("I"), |side| {
            let file = thing(Kind::File, side);
            Sent::Json(json!({ "ledger_file_id": file, "pass_list_file_id": file,
                "pass_list": [thing(Kind::Student, side)] }))
        }),
        ("post", "/closeouts/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({ "outcome": "turned_down", "reason": "台账不全" }))
        }),
        ("get", "/classes/{id}/assessments", These("SMAI"), nothing),
        ("post", "/classes/{id}/assessments", These("SM"), |side| {
            Sent::Json(
                json!({ "assessments": [{ "student_id": student(side, Kind::Finished, 1), "on": "2024-09-20" }] }),
            )
        }),
        ("get", "/classes/{id}/exceptions", These("SMAI"), nothing),
        ("post", "/students/{id}/exceptions", These("M"), |_| {
            Sent::Json(json!({ "rule": "R4.1", "code": "verification_missing", "reason": "系统停机" }))
        }),
        ("get", "/classes/{id}/spot-checks", These("SMA"), nothing),
        ("post", "/classes/{id}/spot-checks", These("M"), |_| Sent::Json(json!({}))),
        ("post", "/classes/{id}/spot-check-results", These("M"), |side| {
            Sent::Json(json!({ "student_id": student(side, Kind::Ended, 0), "agrees": true }))
        }),
        ("get", "/subsidy-standards", Signed, nothing),
        ("post", "/subsidy-standards", Listed("M"), |_| {
            Sent::Json(
                json!({ "major": "电工", "year": 2024, "amount_fen": 300_000, "document": "抚人社发〔2024〕2号" }),
            )
        }),
        ("get", "/classes/{id}/claims", These("SMAI"), nothing),
        ("post", "/classes/{id}/claims", These("I"), |side| {
            Sent::Json(json!({ "annex6_file_id": thing(Kind::File, side) }))
        }),
        ("get", "/classes/{id}/subsidies", These("SMAI"), nothing),
        ("post", "/classes/{id}/subsidies", These("M"), nothing),
        ("get", "/notices", Anyone, nothing),
        ("get", "/notices/{id}", Anyone, nothing),
        ("get", "/classes/{id}/notices", These("SMAI"), nothing),
        ("post", "/classes/{id}/notices", These("M"), nothing),
        ("post", "/notices/{id}/objections", These("M"), |_| {
            Sent::Json(json!({ "on": "2024-10-08", "objector": "某市民", "text": "有人未上课" }))
        }),
        ("post", "/objections/{id}/decision", These("M"), |_| {
            Sent::Json(json!({ "outcome": "dismissed", "reason": "经核实不属实" }))
        }),
        ("post", "/notices/{id}/payment", These("M"), |side| {
            Sent::Json(json!({ "on": "2024-10-08", "account_holder": format!("第{side}培训学校"),
                "account_kind": "basic", "fund": "employment_subsidy" }))
        }),
        ("get", "/classes/{id}/tracking", These("SMAI"), nothing),
        ("post", "/classes/{id}/tracking", These("MI"), |side| {
            Sent::Json(json!({ "entries": [{ "student_id": student(side, Kind::Ended, 0), "node": "at_end",
                "on": "2024-10-08", "occupation": "employed" }] }))
        }),
        ("post", "/classes/{id}/tracking/ledger", These("MI"), |side| {
            Sent::Json(json!({ "file_id": thing(Kind::File, side) }))
        }),
    ]
}
