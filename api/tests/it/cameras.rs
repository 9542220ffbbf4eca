//! Adding, changing and removing cameras, and where their passwords go.

use axum::http::Method;
use duxue_rules::{camera::CameraState, ids::CameraId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{CAMERA_PASSWORD, Kind, id},
    world::World,
};

fn new(url: &str, sub: Option<&str>) -> Value {
    json!({"venue_id": id::<Uuid>(Kind::Venue, 0), "name": "后排", "main_url": url, "sub_url": sub})
}

async fn password(world: &World, camera: &str) -> Option<String> {
    let row = world.store.read().await.unwrap().camera(camera.parse().unwrap()).await.unwrap().unwrap();
    row.credentials(&world.secret).unwrap().map(|credentials| credentials.password)
}

async fn change(world: &World, body: Value) -> crate::ask::Answer {
    let path = format!("/cameras/{}", id::<Uuid>(Kind::Camera, 0));
    world.ask(Method::PATCH, &path, "manager", Sent::Json(body)).await
}

#[tokio::test]
async fn a_password_goes_in_and_never_comes_out() {
    let world = World::new().await;
    let body = new("rtsp://admin:p%40ss-wort@192.0.2.20/1", Some("rtsp://192.0.2.20/2"));
    let answer = world.post("/cameras", "supervisor", body).await;
    assert!(!answer.text().contains("ss-wort"), "{}", answer.text());
    let camera = answer.expect(201);
    assert_eq!((&camera["address"], &camera["has_sub"]), (&json!("192.0.2.20:554"), &json!(true)));
    assert_eq!((&camera["status"]["state"], &camera["status"]["cause"]), (&json!("connecting"), &json!("starting")));
    assert_eq!(password(&world, camera["id"].as_str().unwrap()).await.as_deref(), Some("p@ss-wort"));
    let woken = tokio::time::timeout(std::time::Duration::from_secs(5), world.pokes.cameras.notified()).await;
    assert!(woken.is_ok());
    let audit = world.get("/audit", "auditor").await.text();
    assert!(audit.contains("add_camera") && !audit.contains("ss-wort") && !audit.contains("192.0.2.20"), "{audit}");
}

#[tokio::test]
async fn wrong_addresses_are_named() {
    let world = World::new().await;
    for (main, sub, field) in [
        ("http://192.0.2.1/x", None, "main_url"),
        ("192.0.2.1", None, "main_url"),
        ("rtsp://u:p#w@192.0.2.1/x", None, "main_url"),
        ("rtsp://192.0.2.1/x", Some("rtsp://192.0.2.2/x"), "sub_url"),
        ("rtsp://a:b@192.0.2.1/x", Some("rtsp://a:c@192.0.2.1/x"), "sub_url"),
    ] {
        let answer = world.post("/cameras", "manager", new(main, sub)).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()), "{main} {sub:?}");
    }
    let both = world.post("/cameras", "manager", new("x", Some("y"))).await;
    assert_eq!(both.json()["errors"].as_array().unwrap().len(), 2);
    let mut nowhere = new("rtsp://192.0.2.1/x", None);
    nowhere["venue_id"] = json!(Uuid::from_u128(3));
    assert_eq!(world.post("/cameras", "manager", nowhere).await.problem().2, "venue_id");
}

#[tokio::test]
async fn stored_credentials_are_not_sent_to_another_host() {
    let world = World::new().await;
    let id = id::<Uuid>(Kind::Camera, 0).to_string();
    change(&world, json!({"name": "前排"})).await.expect(200);
    assert_eq!(password(&world, &id).await.as_deref(), Some(CAMERA_PASSWORD), "kept when only the name changes");
    change(&world, json!({"main_url": "rtsp://192.0.2.10:8554/other"})).await.expect(200);
    assert_eq!(password(&world, &id).await.as_deref(), Some(CAMERA_PASSWORD), "kept on the same host");
    let half = change(&world, json!({"main_url": "rtsp://203.0.113.66/steal"})).await;
    assert_eq!(half.problem().2, "sub_url", "the sub-stream would stay behind");
    let moved = change(&world, json!({"main_url": "rtsp://203.0.113.66/steal", "sub_url": ""})).await.expect(200);
    assert_eq!(moved["has_sub"], false);
    assert_eq!(password(&world, &id).await, None, "not taken along");
}

#[tokio::test]
async fn switching_off_is_seen_and_removing_keeps_the_footage() {
    let world = World::new().await;
    let camera: CameraId = id(Kind::Camera, 0);
    world.cameras.set(camera, CameraState::Live);
    let off = change(&world, json!({"enabled": false})).await.expect(200);
    assert_eq!((&off["status"]["state"], &off["status"]["cause"]), (&json!("refused"), &json!("disabled")));
    let path = format!("/cameras/{camera}");
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.status, 204);
    assert_eq!(world.get(&path, "manager").await.problem().1, "not-found");
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.problem().1, "not-found");
    assert_eq!(world.get(&format!("{path}/recordings?date=2024-10-08"), "auditor").await.status, 200);
    let segment = format!("/segments/{}/content", id::<Uuid>(Kind::Segment, 0));
    assert_eq!(world.get(&segment, "auditor").await.status, 200);
}

#[tokio::test]
async fn the_wall_shows_what_is_taught_before_each() {
    let world = World::new().await;
    world.cameras.set(id(Kind::Camera, 0), CameraState::Stalled);
    let cameras = world.get("/cameras", "supervisor").await.expect(200);
    let camera = &cameras["items"][0];
    assert_eq!(camera["status"]["state"], "stalled");
    let current = &camera["current"];
    assert_eq!((&current["people_now"], &current["people_likely"]), (&json!(1), &json!(1)));
    assert_eq!((&current["reported_present"], &current["open_findings"]), (&json!(2), &json!(1)));
    world.pass(90);
    let later = world.get("/cameras", "supervisor").await.expect(200);
    assert_eq!(later["items"][0]["current"]["people_now"], Value::Null, "an old sample is not now");
    world.pass(3 * 3600);
    let after = world.get("/cameras", "supervisor").await.expect(200);
    assert_eq!(after["items"][0]["current"], Value::Null);
}

#[tokio::test]
async fn a_snapshot_is_logged_once_a_while() {
    let world = World::new().await;
    let path = format!("/cameras/{}/snapshot.jpg", id::<Uuid>(Kind::Camera, 0));
    assert_eq!(world.get(&path, "auditor").await.problem().1, "unavailable");
    world.cameras.set(id(Kind::Camera, 0), CameraState::Live);
    let picture = world.get(&path, "auditor").await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/jpeg"));
    assert_eq!(picture.header("cache-control"), "no-store");
    assert_eq!(world.audited().await, ["read_snapshot"]);
}
