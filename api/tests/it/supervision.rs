//! R7.4a: signing remote supervision.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, PASSWORD, id},
    world::World,
};

/// A PNG file's first bytes, which is all that is looked at.
const DRAWING: &str = "iVBORw0KGgo=";

/// A record that can be signed.
pub fn record() -> Value {
    json!({
        "checklist": { "attendance_real": { "look": "seen_fine" }, "replaced": { "look": "not_fine", "what": "后排有生人" } },
        "remark": "课堂秩序良好",
        "signing": { "password": PASSWORD, "drawing": DRAWING },
    })
}

fn path(side: u8) -> String {
    format!("/classes/{}/remote-supervisions", id::<Uuid>(Kind::Class, side))
}

async fn standing(world: &World) -> Value {
    world.get(&format!("/classes/{}/supervision", id::<Uuid>(Kind::Class, 0)), "auditor").await.expect(200)
}

#[tokio::test]
async fn what_was_watched_is_taken_from_the_log_and_the_week_moves() {
    let world = World::new().await;
    let before = standing(&world).await;
    assert_eq!((&before["weeks"][0]["needed"], &before["weeks"][0]["signed"]), (&json!(2), &json!(1)));
    let signed = world.post(&path(0), "supervisor", record()).await.expect(201);
    assert_eq!(signed["watches"][0]["seconds"], 600);
    assert_eq!(signed["watched_on"], "2024-10-08");
    assert_eq!(signed["checklist"]["replaced"]["what"], "后排有生人");
    assert_eq!(signed["checklist"]["voluntary"], json!({ "look": "not_looked_at" }));
    assert_eq!(
        (&signed["signatures"][0]["holds"], &signed["signatures"][0]["by"]["display_name"]),
        (&json!(true), &json!("supervisor 先生"))
    );
    let after = standing(&world).await;
    assert_eq!((&after["weeks"][0]["signed"], &after["weeks"][0]["standing"]), (&json!(2), &json!("done")));
    assert_eq!(world.audited().await, ["sign_remote_supervision"]);
}

#[tokio::test]
async fn the_same_watching_is_signed_once() {
    let world = World::new().await;
    world.post(&path(0), "supervisor", record()).await.expect(201);
    world.pass(60);
    let again = world.post(&path(0), "supervisor", record()).await.expect(422);
    assert_eq!(again["errors"][0]["field"], "no_watching");
    let all = world.get(&path(0), "auditor").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2, "the seeded one and this one");
}

#[tokio::test]
async fn without_watching_or_without_looking_nothing_is_signed() {
    let world = World::new().await;
    let with = |key: &str, value: Value| {
        let mut record = record();
        record[key] = value;
        record
    };
    let errors = |answer: Value| -> Vec<(String, String)> {
        let errors = answer["errors"].as_array().unwrap().clone();
        errors.iter().map(|e| (e["field"].as_str().unwrap().into(), e["rule"].as_str().unwrap().into())).collect()
    };
    let other_day = world.post(&path(0), "supervisor", with("date", json!("2024-10-07"))).await.expect(422);
    assert_eq!(errors(other_day), [("no_watching".into(), "R7.4a".into())]);
    let nothing = world.post(&path(0), "supervisor", with("checklist", json!({}))).await.expect(422);
    assert_eq!(errors(nothing), [("nothing_looked_at".into(), "R7.4a".into())]);
    let blank = json!({ "conduct": { "look": "not_fine", "what": " " } });
    let blank = world.post(&path(0), "supervisor", with("checklist", blank)).await.expect(422);
    assert_eq!(errors(blank), [("checklist.conduct.what".into(), "R7.1a".into())]);
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn a_wrong_password_signs_nothing_and_slows_guessing() {
    let world = World::new().await;
    let signing = |password: &str, drawing: &str| {
        let mut record = record();
        record["signing"] = json!({ "password": password, "drawing": drawing });
        record
    };
    for (password, drawing, field) in
        [(PASSWORD, "", "drawing"), (PASSWORD, "/9j/4A==", "drawing"), ("wrong", DRAWING, "password")]
    {
        let answer = world.post(&path(0), "supervisor", signing(password, drawing)).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()));
    }
    for _ in 0..4 {
        world.post(&path(0), "supervisor", signing("wrong", DRAWING)).await;
    }
    let answer = world.ask(Method::POST, &path(0), "supervisor", Sent::Json(record())).await;
    assert_eq!(answer.problem().1, "throttled");
    assert_eq!(world.audited().await, [""; 0]);
}
