//! R7.2c, R7.3c: a month, and whether punches, reports and summary say the same.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    punches::{punch, send},
    seed::{Kind, id},
    world::World,
};

fn path(month: &str) -> String {
    format!("/classes/{}/months/{month}", id::<Uuid>(Kind::Class, 0))
}

/// The student signs in and out today; the other one does not. The day's punching is over.
pub async fn taught() -> World {
    let world = World::new().await;
    world.pass(7_000);
    let mut out = punch(0, "2");
    out["side"] = json!("sign_out");
    out["at"] = json!("2024-10-08T04:10:00Z");
    send(&world, 0, vec![punch(0, "1"), out]).await.expect(200);
    world.pass(1_000);
    world
}

fn codes(month: &Value) -> Vec<&str> {
    month["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

async fn hand_in(world: &World, lines: Value) -> Value {
    let path = path("2024-10") + "/summary";
    world.ask(Method::PUT, &path, "liaison", Sent::Json(json!({ "lines": lines }))).await.expect(200)
}

#[tokio::test]
async fn a_month_is_made_from_punches_and_held_against_the_report() {
    let world = taught().await;
    let month = world.get(&path("2024-10"), "liaison").await.expect(200);
    assert_eq!(month["days"], json!([{ "date": "2024-10-08", "over": true }, { "date": "2024-10-09", "over": false }]));
    let [there, absent] = [0, 1].map(|line| &month["lines"][line]);
    assert_eq!(
        (&there["cells"][0]["standing"], &there["cells"][0]["sign_out"]["by"]),
        (&json!("present"), &json!("punch"))
    );
    assert_eq!((&there["totals"]["present"], &there["rate"]["text"]), (&json!(1), &json!("100.0%")));
    assert_eq!(there["cells"].as_array().unwrap().len(), 1, "tomorrow has no cell");
    assert_eq!((&absent["cells"][0]["value"], &absent["rate"]["reaches"]), (&json!("absent"), &json!(false)));
    assert_eq!(absent["cells"][0]["reasons"][0]["code"], "sign_in_missing");
    // The report says that both were present (R7.3c), a statement is unsigned (R7.3d), and a rate is low (R7.2c).
    assert_eq!(codes(&month), ["student_day_differs", "statement_incomplete", "attendance_low"]);
    assert_eq!((&month["policy_version"], &month["handed_in"]), (&json!(1), &Value::Null));
}

#[tokio::test]
async fn who_left_is_not_absent_from_then_on() {
    let world = taught().await;
    let leave = json!({ "on": "2024-10-08", "reason": "已就业" });
    let departure = format!("/students/{}/departure", id::<Uuid>(Kind::Shy, 0));
    world.post(&departure, "liaison", leave).await.expect(201);
    let month = world.get(&path("2024-10"), "liaison").await.expect(200);
    let lines = month["lines"].as_array().unwrap();
    let cells =
        |who: Uuid| lines.iter().find(|line| line["student"]["student_id"] == json!(who)).map(|line| &line["cells"]);
    assert_eq!(cells(id(Kind::Student, 0)).unwrap().as_array().unwrap().len(), 1);
    assert!(cells(id(Kind::Shy, 0)).is_none_or(|cells| cells == &json!([])), "{month}");
}

#[tokio::test]
async fn before_the_days_punching_is_over_nobody_is_absent() {
    let world = World::new().await;
    let month = world.get(&path("2024-10"), "auditor").await.expect(200);
    assert_eq!((&month["days"][0]["over"], &month["lines"][0]["cells"]), (&json!(false), &json!([])));
    assert_eq!(codes(&month), ["statement_incomplete"]);
}

#[tokio::test]
async fn a_handed_in_summary_is_the_third_account() {
    let world = taught().await;
    let (student, shy) = (id::<Uuid>(Kind::Student, 0), id::<Uuid>(Kind::Shy, 0));
    let line = |who: Uuid, value: &str| json!({ "student_id": who, "cells": { "2024-10-08": value } });
    let month = hand_in(&world, json!([line(student, "sick"), line(shy, "absent")])).await;
    let differ = month["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "student_day_differs");
    let seen: Vec<_> = differ.map(|one| one["seen"]["zh"].as_str().unwrap()).collect();
    assert_eq!(
        seen,
        ["2024-10-08：打卡 出勤，报告单 出勤，汇总表 病假", "2024-10-08：打卡 缺勤，报告单 出勤，汇总表 缺勤"]
    );
    world.pass(60);
    let extra = json!({ "student_id": student, "cells": { "2024-10-08": "present", "2024-10-12": "present" } });
    let month = hand_in(&world, json!([extra, line(shy, "absent")])).await;
    assert!(codes(&month).contains(&"summary_day_unknown"));
    assert_eq!((&month["handed_in"]["revision"], &month["handed_in"]["month"]), (&json!(2), &json!("2024-10")));
    assert_eq!(world.audited().await, ["punch", "punch", "hand_in_summary", "hand_in_summary"]);
}

#[tokio::test]
async fn a_summary_is_of_the_class_and_of_the_month() {
    let world = World::new().await;
    let (student, stranger) = (id::<Uuid>(Kind::Student, 0), id::<Uuid>(Kind::Student, 1));
    let body = json!({ "file_id": id::<Uuid>(Kind::File, 1), "lines": [] });
    let put = async |month: &str, body: Value| {
        world.ask(Method::PUT, &(path(month) + "/summary"), "liaison", Sent::Json(body)).await
    };
    assert_eq!(put("2024-10", body).await.problem().2, "file_id");
    let body = json!({ "lines": [
        { "student_id": stranger, "cells": {} },
        { "student_id": student, "cells": { "2024-11-01": "present" } },
    ] });
    let refused = put("2024-10", body).await.expect(422);
    let fields: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["lines[0].student_id", "lines[1].cells"]);
    let empty = json!({ "lines": [] });
    assert_eq!(put("2025-01", empty.clone()).await.problem(), (400, "bad-parameter".into(), "month".into()));
    assert_eq!(put("2024-13", empty.clone()).await.problem(), (400, "bad-parameter".into(), "month".into()));
    assert_eq!(world.get(&path("2024-1"), "auditor").await.problem().2, "month");
    assert_eq!(world.audited().await, [""; 0]);
}
