//! Class days, recordings with their gaps, and the state of the whole.

use duxue_rules::{camera::CameraState, ids::CameraId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id},
    world::World,
};

fn camera() -> CameraId {
    id(Kind::Camera, 0)
}

fn told(parts: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let parts = parts.as_array().unwrap().iter();
    let what = |part: &Value| if part["kind"] == "recorded" { "recorded".to_owned() } else { text(&part["cause"]) };
    parts.map(|part| (text(&part["start"]), text(&part["end"]), what(part))).collect()
}

fn part(start: &str, end: &str, what: &str) -> (String, String, String) {
    (start.into(), end.into(), what.into())
}

#[tokio::test]
async fn a_day_of_a_camera_is_tiled_up_to_now() {
    let world = World::new().await;
    let path = format!("/cameras/{}/recordings?date=2024-10-08", camera());
    let day = world.get(&path, "supervisor").await.expect(200);
    let expected = [
        part("2024-10-07T16:00:00Z", "2024-10-08T01:00:00Z", "unknown"),
        part("2024-10-08T01:00:00Z", "2024-10-08T01:30:00Z", "recorded"),
        part("2024-10-08T01:30:00Z", "2024-10-08T01:40:00Z", "unreachable"),
        part("2024-10-08T01:40:00Z", "2024-10-08T02:20:00Z", "recorded"),
        part("2024-10-08T02:20:00Z", "2024-10-08T02:30:00Z", "unknown"),
    ];
    assert_eq!(told(&day["parts"]), expected);
    assert_eq!(day["parts"][1]["segment_id"], json!(id::<Uuid>(Kind::Segment, 0)));
    assert_eq!(day["sessions"][0]["class_name"], "2024年电工0班期");

    // What is just being recorded is not missing.
    world.cameras.set(camera(), CameraState::Live);
    let day = world.get(&path, "supervisor").await.expect(200);
    assert_eq!(told(&day["parts"]), expected[..4]);
}

#[tokio::test]
async fn a_class_day_has_everything_that_is_looked_at() {
    let world = World::new().await;
    let path = format!("/classes/{}/days/2024-10-08", id::<Uuid>(Kind::Class, 0));
    let day = world.get(&path, "supervisor").await.expect(200);
    let session = &day["sessions"][0];
    assert_eq!(session["summary"]["people"], json!({"likely": 1, "low": 1, "high": 1}));
    assert_eq!(session["summary"]["students"][0]["name"], "学员甲0");
    assert_eq!(session["series"], json!([{"at": "2024-10-08T02:29:55Z", "people": 1}]));
    assert_eq!(session["cameras"][0]["id"], json!(id::<Uuid>(Kind::Camera, 0)));
    assert_eq!(day["report"]["present"], 2);
    assert_eq!(day["findings"].as_array().unwrap().len(), 1);
    let covered = told(&day["coverage"][0]["parts"]);
    assert_eq!(covered[0], part("2024-10-08T01:00:00Z", "2024-10-08T01:30:00Z", "recorded"));
    assert_eq!(day["clips"], json!([]));
    let before = path.replace("10-08", "10-07");
    let before = world.get(&before, "supervisor").await.expect(200);
    assert_eq!(before["clips"].as_array().unwrap().len(), 2);
    assert_eq!(before["report"], Value::Null);
}

#[tokio::test]
async fn an_institution_sees_its_day_without_what_was_made_of_faces() {
    let world = World::new().await;
    let path = format!("/classes/{}/days/2024-10-08", id::<Uuid>(Kind::Class, 0));
    let day = world.get(&path, "liaison").await.expect(200);
    assert_eq!((&day["findings"], &day["sessions"][0]["summary"]), (&json!([]), &Value::Null));
    assert_eq!((&day["sessions"][0]["series"], &day["report"]["present"]), (&json!([]), &json!(2)));
    let line = world.get("/days?date=2024-10-08", "liaison").await.expect(200)["items"][0].clone();
    assert_eq!((&line["people_likely"], &line["open_findings"]), (&Value::Null, &Value::Null));
    let camera = world.get("/cameras", "liaison").await.expect(200)["items"][0].clone();
    assert_eq!((&camera["address"], &camera["current"]["open_findings"]), (&Value::Null, &Value::Null));
    assert_eq!(camera["current"]["reported_present"], 2);
}

#[tokio::test]
async fn the_home_page_has_a_line_a_class() {
    let world = World::new().await;
    let day = world.get("/days?date=2024-10-08", "auditor").await.expect(200);
    let lines = day["items"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    let line = &lines[0];
    assert_eq!((&line["reported_present"], &line["people_likely"]), (&json!(2), &json!(1)));
    assert_eq!((&line["open_findings"], &line["report_late"]), (&json!(1), &json!(false)));
    assert_eq!((&line["sealed_clips"], &line["institution"]["name"]), (&json!(0), &json!("第0培训学校")));
    let before = world.get("/days?date=2024-10-07", "auditor").await.expect(200);
    assert_eq!(before["items"][0]["sealed_clips"], 1);
    assert_eq!(world.get("/days?date=2030-01-01", "auditor").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn the_state_of_the_whole() {
    let world = World::new().await;
    world.cameras.set(camera(), CameraState::Live);
    let system = world.get("/system", "supervisor").await.expect(200);
    assert_eq!((&system["cameras"]["live"], &system["cameras"]["total"]), (&json!(1), &json!(2)));
    assert_eq!((&system["policy"]["label"], &system["policy"]["clip_min_seconds"]), (&json!("试行"), &json!(60)));
    assert_eq!((&system["analysis"]["on"], &system["recorder"]["state"]), (&json!(true), &json!("recording")));
    let provider = &system["analysis"]["provider"];
    assert_eq!((&provider["wanted"], &provider["running"]), (&json!("cuda"), &json!("cpu")));
    assert_eq!(provider["reason"]["en"], "there is no card");
    assert_eq!(system["now"], crate::seed::NOW);
    let own = world.get("/system", "other").await.expect(200);
    assert_eq!((&own["cameras"]["live"], &own["cameras"]["total"]), (&json!(0), &json!(1)));
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    world.cameras.full.store(true, std::sync::atomic::Ordering::SeqCst);
    let system = world.get("/system", "supervisor").await.expect(200);
    assert_eq!(system["analysis"]["reason"]["en"], "models are missing");
    assert_eq!((&system["disk"]["state"], &system["recorder"]["state"]), (&json!("full"), &json!("disk_full")));
}
