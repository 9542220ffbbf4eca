//! Classes, students, sessions, users: what can be added and what cannot.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, PASSWORD, id},
    world::World,
};

async fn picture(world: &World, who: Kind, kind: &'static str, bytes: Vec<u8>) -> Answer {
    let path = format!("/students/{}/picture", id::<Uuid>(who, 0));
    world.ask(Method::POST, &path, "liaison", Sent::Raw(kind, bytes)).await
}

fn face() -> Vec<u8> {
    b"\xff\xd8\xff a face".to_vec()
}

#[tokio::test]
async fn a_picture_becomes_a_template_that_nobody_sees() {
    let world = World::new().await;
    let enrolled = picture(&world, Kind::Student, "image/jpeg", face()).await.expect(201);
    assert_eq!(enrolled["model"], "sface");
    let mut keys: Vec<&str> = enrolled.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["model", "quality", "template_id"]);
    assert_eq!(world.audited().await, ["enrol_student"]);
}

#[tokio::test]
async fn pictures_that_will_not_do_say_why() {
    let world = World::new().await;
    let none = picture(&world, Kind::Student, "image/png", b"not a face".to_vec()).await;
    assert_eq!(none.problem(), (422, "invalid".into(), "picture".into()));
    assert_eq!(none.json()["rule"], "no_face");
    assert_eq!(picture(&world, Kind::Student, "image/gif", face()).await.problem().1, "unsupported-media-type");
    let huge = [face(), vec![0; 13 << 20]].concat();
    assert_eq!(picture(&world, Kind::Student, "image/jpeg", huge).await.problem().1, "too-large");
    // Larger than any JSON body may be, but a picture.
    let large = [face(), vec![0; 2 << 20]].concat();
    assert_eq!(picture(&world, Kind::Student, "image/jpeg", large).await.status, 201);
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(picture(&world, Kind::Student, "image/jpeg", face()).await.problem().1, "unavailable");
}

#[tokio::test]
async fn without_consent_no_face_is_looked_at() {
    let world = World::new().await;
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    let refused = picture(&world, Kind::Shy, "image/jpeg", face()).await;
    assert_eq!(refused.problem(), (422, "invalid".into(), "face_consent".into()));
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn students_are_on_the_roster() {
    let world = World::new().await;
    let path = format!("/classes/{}/students", id::<Uuid>(Kind::Class, 0));
    let new = json!({"name": " 丙 ", "sex": "male", "number": "7", "face_consent": true});
    let student = world.post(&path, "liaison", new.clone()).await.expect(201);
    assert_eq!((&student["name"], &student["enrolled"]), (&json!("丙"), &json!(false)));
    assert_eq!(student["face_consent_at"], crate::seed::NOW);
    assert_eq!(world.post(&path, "liaison", new).await.problem(), (422, "invalid".into(), "number".into()));
    let listed = world.get(&path, "auditor").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    let class = world.get(path.strip_suffix("/students").unwrap(), "auditor").await.expect(200);
    assert_eq!((&class["students"], &class["enrolled"]), (&json!(3), &json!(1)));
}

#[tokio::test]
async fn sessions_are_held_in_the_class_s_own_rooms_on_its_days() {
    let world = World::new().await;
    let path = format!("/classes/{}/sessions", id::<Uuid>(Kind::Class, 0));
    let new = |venue: Uuid, start: &str, end: &str| json!({"venue_id": venue, "starts_at": start, "ends_at": end});
    let own = id::<Uuid>(Kind::Venue, 0);
    let (start, end) = ("2024-10-09T01:00:00Z", "2024-10-09T04:00:00Z");
    for (body, field, rule) in [
        (new(id(Kind::Venue, 1), start, end), "venue_id", "R1.2"),
        (new(Uuid::from_u128(9), start, end), "venue_id", "shape"),
        (new(own, end, start), "ends_at", "shape"),
        (new(own, start, "2024-10-09T17:00:00Z"), "ends_at", "shape"),
        (new(own, "2025-01-09T01:00:00Z", "2025-01-09T04:00:00Z"), "starts_at", "R7.2b"),
        (new(own, "2024-10-08T03:00:00Z", "2024-10-08T05:00:00Z"), "starts_at", "shape"),
    ] {
        let answer = world.post(&path, "supervisor", body.clone()).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()), "{body}");
        assert_eq!(answer.json()["rule"], rule, "{body}");
    }
    let session = world.post(&path, "supervisor", new(own, start, end)).await.expect(201);
    assert_eq!(session["date"], "2024-10-09");
    let listed = world.get(&path, "liaison").await.expect(200);
    assert_eq!(listed["items"][0], session);
    let woken = tokio::time::timeout(std::time::Duration::from_secs(5), world.pokes.sessions.notified()).await;
    assert!(woken.is_ok());
}

#[tokio::test]
async fn classes_and_venues_have_names_of_their_own() {
    let world = World::new().await;
    let institution = id::<Uuid>(Kind::Institution, 0);
    let venue = |name: &str| json!({"institution_id": institution, "name": name});
    assert_eq!(world.post("/venues", "manager", venue("二楼")).await.status, 201);
    assert_eq!(world.post("/venues", "manager", venue("二楼")).await.problem().2, "name");
    assert_eq!(world.post("/venues", "manager", venue("  ")).await.problem().2, "name");
    let nowhere = json!({"institution_id": Uuid::from_u128(7), "name": "三楼"});
    assert_eq!(world.post("/venues", "manager", nowhere).await.problem().2, "institution_id");
    let backwards = json!({"institution_id": institution, "name": "班", "major": "电工",
        "starts_on": "2024-10-02", "ends_on": "2024-10-01"});
    assert_eq!(world.post("/classes", "manager", backwards).await.problem().2, "ends_on");
}

#[tokio::test]
async fn a_new_user_signs_in() {
    let world = World::new().await;
    let new = |changes: Value| {
        let mut user = json!({"username": "wu", "display_name": "吴", "role": "institution",
            "institution_id": id::<Uuid>(Kind::Institution, 1), "password": "eine lange losung"});
        for (key, value) in changes.as_object().unwrap() {
            user[key] = value.clone();
        }
        user
    };
    for (change, field) in [
        (json!({"password": "short"}), "password"),
        (json!({"username": "w u"}), "username"),
        (json!({"username": ""}), "username"),
        (json!({"username": "manager"}), "username"),
        (json!({"institution_id": null}), "institution_id"),
        (json!({"role": "auditor"}), "institution_id"),
        (json!({"institution_id": Uuid::from_u128(7)}), "institution_id"),
    ] {
        let answer = world.post("/users", "manager", new(change.clone())).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()), "{change}");
    }
    let user = world.post("/users", "manager", new(json!({}))).await.expect(201);
    assert_eq!(user["institution"]["name"], "第1培训学校");
    let signed_in = world.post("/sign-in", "", json!({"username": "wu", "password": "eine lange losung"})).await;
    assert_eq!(signed_in.expect(200)["role"], "institution");
    let users = world.get("/users", "manager").await;
    assert!(!users.text().contains("argon2") && !users.text().contains(PASSWORD));
    assert_eq!(users.expect(200)["items"].as_array().unwrap().len(), 7);
}
