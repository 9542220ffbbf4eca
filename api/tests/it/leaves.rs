//! R7.3e: sick and personal leave.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id},
    world::World,
};

/// A leave of the student without face recognition.
pub fn leave(side: u8, first: &str, last: &str) -> Value {
    json!({
        "student_id": id::<Uuid>(Kind::Shy, side),
        "kind": "sick",
        "first_on": first,
        "last_on": last,
        "reason": "发烧",
    })
}

fn path() -> String {
    format!("/classes/{}/leaves", id::<Uuid>(Kind::Class, 0))
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_leave_says_who_granted_it_and_is_cancelled_with_a_reason() {
    let world = World::new().await;
    let recorded = world.post(&path(), "liaison", leave(0, "2024-10-10", "2024-10-11")).await.expect(201);
    let kept = &recorded["leave"];
    assert_eq!((&kept["granted_by"]["display_name"], &recorded["findings"]), (&json!("liaison 先生"), &json!([])));
    assert_eq!((&kept["first_on"], &kept["last_on"]), (&json!("2024-10-10"), &json!("2024-10-11")));
    let cancellation = format!("/leaves/{}/cancellation", kept["id"].as_str().unwrap());
    let blank = world.post(&cancellation, "liaison", json!({ "reason": " " })).await;
    assert_eq!(blank.problem(), (422, "invalid".into(), "reason".into()));
    let cancelled = world.post(&cancellation, "liaison", json!({ "reason": "学员到课" })).await.expect(200);
    assert_eq!(cancelled["cancelled"]["reason"], "学员到课");
    assert_eq!(world.post(&cancellation, "liaison", json!({ "reason": "再次" })).await.problem().1, "conflict");
    // The days are free again; the cancelled one stays on record.
    world.post(&path(), "liaison", leave(0, "2024-10-11", "2024-10-11")).await.expect(201);
    let all = world.get(&path(), "auditor").await.expect(200);
    assert_eq!((all["items"].as_array().unwrap().len(), &all["findings"]), (3, &json!([])));
    assert_eq!(world.audited().await, ["record_leave", "cancel_leave", "record_leave"]);
}

#[tokio::test]
async fn what_is_no_leave_is_refused_with_its_rule() {
    let world = World::new().await;
    world.post(&path(), "liaison", leave(0, "2024-10-10", "2024-10-11")).await.expect(201);
    let with = |key: &str, value: Value| {
        let mut leave = leave(0, "2024-10-14", "2024-10-14");
        leave[key] = value;
        leave
    };
    for (body, field, rule) in [
        (leave(0, "2024-10-11", "2024-10-12"), "leave_twice", "R7.3e"),
        (leave(0, "2024-12-31", "2025-01-01"), "leave_outside_class", "R7.3e"),
        (with("reason", json!("  ")), "leave_without_reason", "R7.3e"),
        (leave(0, "2024-10-15", "2024-10-14"), "last_on", "shape"),
        (with("student_id", json!(id::<Uuid>(Kind::Shy, 1))), "student_id", "shape"),
        (with("reason", json!("长".repeat(2001))), "reason", "shape"),
    ] {
        let answer = world.post(&path(), "liaison", body).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()));
        assert_eq!(answer.json()["rule"], rule, "{field}");
    }
    assert_eq!(world.audited().await, ["record_leave"]);
}

#[tokio::test]
async fn one_that_a_report_counted_before_is_taken_and_told() {
    let world = World::new().await;
    let report = json!({
        "roll": 2, "present": 1, "sick": 1, "personal": 0, "other": 0,
        "absent": [{ "student": id::<Uuid>(Kind::Shy, 0), "reason": "sick" }],
    });
    let day = format!("/classes/{}/reports/2024-10-08", id::<Uuid>(Kind::Class, 0));
    world.ask(Method::PUT, &day, "liaison", Sent::Json(report)).await.expect(200);
    world.pass(60);
    let recorded = world.post(&path(), "liaison", leave(0, "2024-10-08", "2024-10-08")).await.expect(201);
    assert_eq!(codes(&recorded["findings"]), ["leave_recorded_late"]);
    let all = world.get(&path(), "auditor").await.expect(200);
    assert_eq!(codes(&all["findings"]), ["leave_recorded_late"]);
    assert_eq!(all["findings"][0]["rule"], "R7.3e");
}
