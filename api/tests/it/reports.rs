//! The daily report, possible and impossible.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, id},
    world::World,
};

/// A report that can be: two on roll, one there, one ill.
pub fn fine() -> Value {
    json!({
        "roll": 2, "present": 1, "sick": 1, "personal": 0, "other": 0,
        "absent": [{"student": id::<Uuid>(Kind::Shy, 0), "reason": "sick"}], "note": "",
    })
}

async fn send(world: &World, date: &str, report: Value) -> Answer {
    let path = format!("/classes/{}/reports/{date}", id::<Uuid>(Kind::Class, 0));
    world.ask(Method::PUT, &path, "liaison", Sent::Json(report)).await
}

fn with(changes: Value) -> Value {
    let mut report = fine();
    for (key, value) in changes.as_object().unwrap() {
        report[key] = value.clone();
    }
    report
}

#[tokio::test]
async fn sending_again_adds_a_revision_and_wakes_the_judge() {
    let world = World::new().await;
    let sent = send(&world, "2024-10-08", fine()).await.expect(200);
    assert_eq!((&sent["revision"], &sent["present"], &sent["late"]), (&json!(2), &json!(1), &json!(false)));
    assert_eq!(sent["sent_by"]["display_name"], "liaison 先生");
    let waited = tokio::time::timeout(std::time::Duration::from_secs(5), world.pokes.sessions.notified()).await;
    assert!(waited.is_ok(), "nobody was woken");
    assert_eq!(world.audited().await, ["send_report"]);
    let path = format!("/classes/{}/reports", id::<Uuid>(Kind::Class, 0));
    let listed = world.get(&path, "auditor").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["revision"], 2);
    let missing = world.get(&format!("{path}/2024-10-07"), "auditor").await;
    assert_eq!(missing.problem().1, "not-found");
}

#[tokio::test]
async fn a_report_after_nine_is_taken_and_marked() {
    let world = World::new().await;
    let sent = send(&world, "2024-10-07", fine()).await.expect(200);
    assert_eq!((&sent["late"], &sent["revision"]), (&json!(true), &json!(1)));
}

#[tokio::test]
async fn impossible_numbers_are_refused_field_by_field() {
    let world = World::new().await;
    let cases = [
        (json!({"present": 3, "sick": 0, "absent": []}), "present"),
        (json!({"present": 2}), "roll"),
        (json!({"sick": 0, "absent": []}), "note"),
        (json!({"present_men": 2}), "present_men"),
        (json!({"absent": [{"student": Uuid::from_u128(1), "reason": "sick"}]}), "absent"),
        (json!({"absent": [{"student": id::<Uuid>(Kind::Shy, 0), "reason": "personal"}]}), "sick"),
    ];
    for (change, field) in cases {
        let answer = send(&world, "2024-10-08", with(change.clone())).await;
        assert_eq!(answer.status, 422, "{change}: {}", answer.text());
        let body = answer.json();
        let error = body["errors"].as_array().unwrap().iter().find(|error| error["field"] == field);
        let error = error.unwrap_or_else(|| panic!("{change}: {field} is not named: {body}"));
        assert_eq!(error["rule"], "R7.3b");
        assert!(!error["zh"].as_str().unwrap().is_ascii() && error["en"].as_str().unwrap().is_ascii(), "{error}");
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn a_report_tells_of_a_day_of_the_class_that_has_come() {
    let world = World::new().await;
    for date in ["2024-10-09", "2024-09-01", "9999-12-31", "0001-01-01"] {
        let answer = send(&world, date, fine()).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), "date".into()), "{date}");
    }
    for date in ["2024-13-01", "-9999-01-01", "tomorrow", "2024-10-08T00:00:00Z%20x", "%00"] {
        assert_eq!(send(&world, date, fine()).await.problem(), (400, "bad-parameter".into(), "date".into()), "{date}");
    }
}
