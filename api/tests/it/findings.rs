//! A person decides, once, and says why.

use duxue_rules::{crosscheck::FindingKind, ids::FindingId};
use duxue_storage::finding::{Finding, RaisedFinding};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id},
    world::World,
};

fn path() -> String {
    format!("/findings/{}", id::<Uuid>(Kind::Finding, 0))
}

#[tokio::test]
async fn a_finding_shows_what_it_rests_on() {
    let world = World::new().await;
    let finding = world.get(&path(), "supervisor").await.expect(200);
    assert_eq!((&finding["kind"], &finding["state"]), (&json!("fewer_than_reported"), &json!("open")));
    assert_eq!(finding["seen"], json!({"zh": "1 人", "en": "1 person"}));
    assert_eq!(finding["frames"][0]["faces"][0]["label"], "学员甲0");
    let camera = json!({"id": id::<Uuid>(Kind::Camera, 0), "name": "0号摄像头"});
    assert_eq!(finding["frames"][0]["camera"], camera);
    assert_eq!(finding["policy"], json!({"version": 1, "label": "试行"}));
    let url = finding["frames"][0]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let frame = world.get(&url, "supervisor").await;
    assert_eq!((frame.status.as_u16(), frame.header("content-type")), (200, "image/jpeg"));
    assert_eq!(&frame.bytes[..], b"\xff\xd8\xff frame");
    let again = world.get_with(&url, "supervisor", &[("if-none-match", frame.header("etag"))]).await;
    assert_eq!(again.status, 304);
    assert_eq!(world.audited().await, ["read_frame"], "one look is one entry");
    world.pass(3600);
    assert_eq!(world.get(&url, "supervisor").await.status, 200);
    assert_eq!(world.audited().await, ["read_frame", "read_frame"], "an hour later is another look");
}

#[tokio::test]
async fn a_frame_leads_to_the_recording_wherever_it_is_read() {
    let world = World::new().await;
    let camera = id::<Uuid>(Kind::Camera, 0);
    let day = format!("/classes/{}/days/2024-10-08", id::<Uuid>(Kind::Class, 0));
    for who in ["supervisor", "manager", "auditor"] {
        let one = world.get(&path(), who).await.expect(200);
        let listed = world.get("/findings", who).await.expect(200);
        let own = listed["items"].as_array().unwrap().iter().find(|item| item["id"] == one["id"]).unwrap();
        let shown = world.get(&day, who).await.expect(200);
        for finding in [&one, own, &shown["findings"][0]] {
            assert_eq!(finding["frames"][0]["camera"]["id"], json!(camera), "{who}");
        }
        let at = &one["frames"][0]["at"].as_str().unwrap()[..10];
        let recordings = world.get(&format!("/cameras/{camera}/recordings?date={at}"), who).await;
        assert_eq!(recordings.status, 200, "{who}");
    }
    let institution = world.get(&day, "liaison").await.expect(200);
    assert_eq!(institution["findings"], json!([]), "an institution learns of no finding, nor of its camera's frames");
}

#[tokio::test]
async fn without_a_reason_nothing_is_decided() {
    let world = World::new().await;
    for reason in ["", "  \n", "\u{3000}"] {
        let body = json!({"outcome": "confirmed", "reason": reason});
        let answer = world.post(&format!("{}/decision", path()), "supervisor", body).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), "reason".into()), "{reason:?}");
    }
    let missing = world.post(&format!("{}/decision", path()), "supervisor", json!({"outcome": "confirmed"})).await;
    assert_eq!(missing.problem(), (422, "invalid".into(), "reason".into()));
    assert_eq!(world.get(&path(), "supervisor").await.expect(200)["state"], "open");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn a_decision_stands() {
    let world = World::new().await;
    let decide = format!("{}/decision", path());
    let body = json!({"outcome": "dismissed", "reason": " 两人在走廊 "});
    let decided = world.post(&decide, "supervisor", body).await.expect(200);
    assert_eq!(decided["state"], "dismissed");
    assert_eq!(decided["decision"]["reason"], "两人在走廊");
    assert_eq!(decided["decision"]["by"]["display_name"], "supervisor 先生");
    let second = world.post(&decide, "manager", json!({"outcome": "confirmed", "reason": "x"})).await;
    assert_eq!(second.problem().1, "conflict");
    assert_eq!(world.get(&path(), "manager").await.expect(200), decided);
    assert_eq!(world.audited().await, ["decide_finding"]);
}

#[tokio::test]
async fn lists_are_filtered() {
    let world = World::new().await;
    let class = id::<Uuid>(Kind::Class, 0);
    let count = async |query: &str| {
        let found = world.get(&format!("/findings{query}"), "auditor").await.expect(200);
        found["items"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 4);
    assert_eq!(count("?state=open").await, 2);
    assert_eq!(count("?state=confirmed").await, 2);
    assert_eq!(count(&format!("?class_id={class}")).await, 2);
}

/// The seeded finding once more, about the first student.
async fn about_a_student(world: &World) -> FindingId {
    let mut tx = world.store.begin().await.unwrap();
    let Finding { session, class, mut draft, frames, policy, raised_at, .. } =
        tx.finding(id(Kind::Finding, 0)).await.unwrap().unwrap();
    (draft.kind, draft.subject) = (FindingKind::LeftMidway, Some(id(Kind::Student, 0)));
    let id = FindingId(Uuid::now_v7());
    let raised =
        RaisedFinding { id, session, class: class.id, draft, frames, policy_version: policy.version, at: raised_at };
    tx.raise_finding(&raised).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn the_roster_picture_stands_beside_the_seen_face_and_each_look_is_logged() {
    let world = World::new().await;
    let path = format!("/findings/{}/comparison", about_a_student(&world).await);
    let both = world.get(&path, "supervisor").await.expect(200);
    assert_eq!(both["student"]["name"], "学员甲0");
    // b"\xff\xd8\xff portrait" in Base64.
    assert_eq!(both["roster_picture"]["jpeg_base64"], "/9j/IHBvcnRyYWl0");
    let seen = both["seen"].as_array().unwrap();
    assert_eq!((seen.len(), &seen[0]["frame"], &seen[0]["similarity"]), (1, &json!(0), &json!(0.8)));
    assert_eq!(seen[0]["probability"], json!(0.97));
    assert_eq!(world.audited().await, ["compare_faces"]);
    assert_eq!(world.get(&path, "liaison").await.status, 403, "an institution learns of no finding");

    // Who takes back their consent is shown no more, though the finding stands.
    let student = id::<Uuid>(Kind::Student, 0);
    world.post(&format!("/students/{student}/consents"), "liaison", json!({ "given": false })).await.expect(201);
    let without = world.get(&path, "manager").await.expect(200);
    assert_eq!((&without["roster_picture"], &without["student"]["name"]), (&Value::Null, &json!("学员甲0")));

    // A finding about nobody shows nobody, and there is nothing to log.
    let before = world.audited().await.len();
    let nobody = world.get(&format!("{}/comparison", self::path()), "auditor").await.expect(200);
    assert_eq!(nobody, json!({ "student": null, "roster_picture": null, "seen": [] }));
    assert_eq!(world.audited().await.len(), before);
}
