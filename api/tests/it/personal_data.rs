//! What is kept of a person: given to them, and deleted where the law allows.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id, id_number},
    world::World,
};

fn path(kind: Kind, last: &str) -> String {
    format!("/students/{}/{last}", id::<Uuid>(kind, 0))
}

async fn post(world: &World, path: &str, who: &str) -> crate::ask::Answer {
    world.ask(Method::POST, path, who, Sent::Nothing).await
}

#[tokio::test]
async fn a_person_gets_what_is_about_them_and_nobody_elses() {
    let world = World::new().await;
    let answer = post(&world, &path(Kind::Student, "export"), "liaison").await;
    let text = answer.text();
    let data = answer.expect(200);
    assert_eq!(
        (&data["student"]["id"], &data["id_number"]),
        (&json!(id::<Uuid>(Kind::Student, 0)), &json!(id_number(0)))
    );
    assert_eq!(data["face_templates"], 1);
    for kind in ["students", "student-papers", "leaves", "statements", "attendance"] {
        assert!(data["records"].get(kind).is_some(), "{kind} is missing: {text}");
    }
    assert_eq!(data["records"]["students"].as_array().unwrap().len(), 1);
    assert!(!text.contains(&id::<Uuid>(Kind::Shy, 0).to_string()), "another student's");
    let papers = &data["records"]["student-papers"][0];
    assert!(!papers["consents"].as_array().unwrap().is_empty(), "consents go with the papers: {papers}");
    assert!(data["records"].get("findings").is_none(), "what only the centre reads");
    assert_eq!(data["exchanges"][0]["students"], json!([id::<Uuid>(Kind::Student, 0)]));
    assert_eq!(world.audited().await, ["export_person"]);
    // Who had the number shown is told.
    let why = json!({ "reason": "核对身份证" });
    world.post(&path(Kind::Student, "id-number"), "supervisor", why).await.expect(200);
    let log = post(&world, &path(Kind::Student, "export"), "manager").await.expect(200)["log"].clone();
    let last: Vec<_> = log.as_array().unwrap().iter().rev().take(2).map(|one| one["action"].clone()).collect();
    assert_eq!(last, ["reveal_id_number", "export_person"]);
    assert!(log.as_array().unwrap().last().unwrap()["by"]["display_name"].is_string(), "{log}");
}

#[tokio::test]
async fn a_face_goes_and_what_the_notice_asks_for_stays_with_its_reason() {
    let world = World::new().await;
    let erased = post(&world, &path(Kind::Student, "erasure"), "liaison").await.expect(200);
    let items = erased["items"].as_array().unwrap();
    assert_eq!(
        (&items[0]["kept"], &items[0]["deleted"], &items[0]["count"]),
        (&json!("face_template"), &json!(true), &json!(1))
    );
    for item in &items[1..] {
        assert_eq!(item["deleted"], false);
        assert!(!item["reason"]["zh"].as_str().unwrap().is_empty(), "{item}");
    }
    let data = post(&world, &path(Kind::Student, "export"), "liaison").await.expect(200);
    assert_eq!((&data["face_templates"], &data["student"]["face_consent_at"]), (&json!(0), &Value::Null));
    assert!(data["records"].get("attendance").is_some(), "attendance stays");
    let again = post(&world, &path(Kind::Student, "erasure"), "manager").await.expect(200);
    assert_eq!(again["items"][0]["count"], 0);
    assert_eq!(world.audited().await, ["erase_person", "export_person", "erase_person"]);
    let entry = world.store.read().await.unwrap().audit_entries(None, 1).await.unwrap().remove(0).entry;
    assert_eq!(entry.detail["stays"], json!(["roster", "records", "sealed_clip", "audit"]));
}
