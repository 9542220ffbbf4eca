//! How every part does, and a look at a camera's address before it is saved.

use duxue_rules::camera::CameraState;
use serde_json::{Value, json};

use crate::{
    rows::thing,
    seed::{Kind, id},
    world::World,
};

#[tokio::test]
async fn every_part_is_told() {
    let world = World::new().await;
    world.cameras.set(id(Kind::Camera, 0), CameraState::Live);
    let health = world.get("/system/health", "manager").await.expect(200);
    assert_eq!((&health["database"]["kind"], &health["database"]["answers"]), (&json!("sqlite"), &json!(true)));
    assert_eq!((&health["objects"]["kind"], &health["objects"]["answers"]), (&json!("directory"), &json!(true)));
    assert_eq!((&health["disk"]["free_bytes"], &health["disk"]["state"]), (&json!(50 << 20), &json!("ok")));
    let analysis = &health["analysis"];
    assert_eq!((&analysis["runtime"], &analysis["models"][0]["licence"]), (&json!("1.32.0"), &json!("Apache-2.0")));
    assert_eq!(analysis["models"][0]["sha256"], "104ee26c");
    let names: Vec<_> = health["queues"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["uploads", "clips", "webhooks", "dead_webhooks"]);
    assert!(health["queues"].as_array().unwrap().iter().any(|one| one["waiting"].as_u64() > Some(0)), "{health}");
    let camera = |side| {
        let cameras = health["cameras"].as_array().unwrap().iter();
        cameras.clone().find(|one| one["id"] == thing(Kind::Camera, side)).unwrap().clone()
    };
    assert_eq!((&camera(0)["state"], &camera(0)["recording"]), (&json!("live"), &json!(true)));
    assert_eq!((&camera(1)["state"], &camera(1)["recording"]), (&Value::Null, &json!(false)), "nobody runs it here");
}

#[tokio::test]
async fn an_object_store_that_does_not_answer_is_told_and_the_rest_goes_on() {
    let world = World::new().await;
    std::fs::remove_dir_all(world.dir().join("objects")).unwrap();
    let health = world.get("/system/health", "auditor").await.expect(200);
    assert_eq!((&health["objects"]["answers"], &health["database"]["answers"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn an_address_gives_a_picture_or_says_why_not() {
    let world = World::new().await;
    let look = async |url: &str| world.post("/cameras/try", "manager", json!({"url": url})).await;
    let seen = look("rtsp://admin:open@192.0.2.9/main").await.expect(200);
    assert_eq!(seen["address"], "192.0.2.9:554");
    let picture = &seen["seen"];
    assert_eq!((&picture["width"], &picture["codec"]), (&json!(1920), &json!("avc1.640028")));
    assert_eq!((&picture["frames_per_second"], &seen["refused"]), (&json!(25.0), &Value::Null));
    assert!(picture["picture"].as_str().unwrap().starts_with("/9j/"), "JPEG as base64");
    let wrong = look("rtsp://admin:hunter2@192.0.2.9/main").await.expect(200);
    assert_eq!((&wrong["seen"], &wrong["refused"]["cause"]), (&Value::Null, &json!("unauthorized")));
    assert!(wrong["refused"]["text"]["zh"].is_string());
    assert_eq!(look("rtsp://192.0.2.9/other").await.expect(200)["refused"]["cause"], "not_found");
    assert_eq!(look("rtsp://192.0.2.9/busy").await.status, 503);
    for other in ["http://192.0.2.9/", "file:///etc/passwd", "rtsp://"] {
        assert_eq!(look(other).await.problem(), (422, "invalid".into(), "url".into()), "{other}");
    }
    // Whoever goes through a network leaves a trace; nobody's password does.
    let log = world.get("/audit", "auditor").await.expect(200).to_string();
    assert!(log.contains("try_camera") && log.contains("192.0.2.9:554"));
    assert!(!log.contains("hunter2") && !log.contains("/other"));
    assert_eq!(world.audited().await.len(), 4);
}
