//! R2.2 on every teaching day: the four measures as numbers, the pictures, the printed report, the reference picture.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    forms,
    seed::{Kind, REFERENCE, id},
    world::World,
};

fn path(rest: &str) -> String {
    format!("/cameras/{}{rest}", id::<Uuid>(Kind::Camera, 0))
}

async fn health(world: &World, who: &str) -> Value {
    world.get(&path("/health?from=2024-10-07&to=2024-10-08"), who).await.expect(200)
}

#[tokio::test]
async fn a_day_is_told_in_numbers_with_its_outages_and_their_causes() {
    let world = World::new().await;
    let told = health(&world, "supervisor").await;
    assert_eq!(told["thresholds"]["min_brightness"], 40.0);
    let days = told["days"].as_array().unwrap();
    assert_eq!(days.iter().map(|day| &day["date"]).collect::<Vec<_>>(), ["2024-10-07", "2024-10-08"]);
    let unrecorded = &days[0];
    assert_eq!((&unrecorded["taught_seconds"], &unrecorded["uptime_share"]), (&json!(10_800), &json!(0.0)));
    assert_eq!((&unrecorded["samples"], &unrecorded["brightness"]), (&json!(0), &Value::Null));
    assert_eq!(unrecorded["within"], json!({"clear": null, "smooth": 0.0, "recognisable": null, "covered": null}));
    assert_eq!(unrecorded["findings"][0]["measure"], "smooth");

    let day = &days[1];
    assert_eq!((&day["samples"], &day["brightness"], &day["eye_distance_px"]), (&json!(1), &json!(90.0), &json!(30.0)));
    assert_eq!((&day["within"]["clear"], &day["within"]["recognisable"]), (&json!(1.0), &json!(1.0)));
    let outage = &day["outages"][0];
    assert_eq!(
        (&outage["start"], &outage["end"], &outage["cause"]),
        (&json!("2024-10-08T01:30:00Z"), &json!("2024-10-08T01:40:00Z"), &json!("unreachable"))
    );
    assert!(day["longest_gap_seconds"].as_u64().unwrap() >= 600, "{day}");
    assert_eq!(day["expected"], 2, "as the report says");
    assert_eq!(day["seen"], Value::Null, "one sample is too few to say");
}

#[tokio::test]
async fn the_pictures_of_a_day_are_the_centres_and_reading_them_is_logged() {
    let world = World::new().await;
    let told = health(&world, "auditor").await;
    let pictures = told["days"][1]["pictures"].as_array().unwrap();
    assert_eq!(pictures.iter().map(|picture| &picture["rank"]).collect::<Vec<_>>(), ["best", "worst"]);
    let url = pictures[1]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let picture = world.get(&url, "auditor").await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/jpeg"));
    assert!(picture.text().contains("Worst"));
    let reference = told["reference"]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(&world.get(&reference, "auditor").await.bytes[..], b"\xff\xd8\xff reference");
    assert_eq!(world.audited().await, ["read_camera_picture", "read_reference_picture"]);
    for file in ["2.jpg", "0.png", "-1.jpg", "x"] {
        assert_eq!(world.get(&path(&format!("/days/2024-10-08/{file}")), "auditor").await.status, 404, "{file}");
    }
    assert_eq!(world.get(&path("/days/2024-10-07/0.jpg"), "auditor").await.status, 404, "nothing was kept of that day");

    let own = health(&world, "liaison").await;
    assert_eq!(own["days"][1]["pictures"][0]["url"], Value::Null, "an institution learns that there are some");
    assert_eq!((&own["reference"]["url"], &own["days"][1]["seen"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn the_printed_report_has_a_line_a_day_and_the_pictures_for_who_may_see_them() {
    let world = World::new().await;
    let page = forms::page_as(&world, &path("/health.html?from=2024-10-07&to=2024-10-08"), "supervisor").await;
    assert!(page.contains("<h1>远程视频监控运行情况报告</h1>") && page.contains("摄像头：0号摄像头"), "{page}");
    let cells = ["<td>2024-10-07</td>", "<td>2024-10-08</td>", "09:30:00 至 09:40:00 无法连接", "清晰度不低于 50"];
    for cell in cells {
        assert!(page.contains(cell), "{cell} in {page}");
    }
    assert!(page.contains("2024-10-08 09:20:00　最清晰画面") && page.matches("<figure>").count() == 2, "{page}");
    assert_eq!(world.audited().await, ["print_camera_health"]);
    let own = forms::page_as(&world, &path("/health.html?from=2024-10-07&to=2024-10-08"), "liaison").await;
    assert!(own.contains("<td>2024-10-08</td>") && !own.contains("<figure>"), "{own}");
    assert_eq!(world.audited().await, ["print_camera_health"], "no face was read");
}

#[tokio::test]
async fn from_one_day_to_thirty_one() {
    let world = World::new().await;
    for (from, to, status) in [
        ("2024-10-08", "2024-10-08", 200),
        ("2024-10-01", "2024-10-31", 200),
        ("2024-10-01", "2024-11-01", 422),
        ("2024-10-08", "2024-10-07", 422),
        ("-009999-01-01", "-009999-01-01", 422),
        ("x", "2024-10-07", 422),
    ] {
        let answer = world.get(&path(&format!("/health?from={from}&to={to}")), "supervisor").await;
        let status = if status == 422 { answer.status.is_client_error() } else { answer.status == status };
        assert!(status, "{from} {to}: {}", answer.text());
    }
    assert!(world.get(&path("/health"), "supervisor").await.status.is_client_error());
}

#[tokio::test]
async fn a_new_reference_picture_is_asked_for_once_and_with_a_reason() {
    let world = World::new().await;
    let renew = |reason: &str, taken_at: &str| {
        let body = json!({"taken_at": taken_at, "reason": reason});
        let world = &world;
        async move { world.post(&path("/reference"), "supervisor", body).await }
    };
    assert_eq!(renew(" ", REFERENCE).await.problem(), (422, "invalid".into(), "reason".into()));
    assert_eq!(renew("重新布置", "2024-10-07T01:06:00Z").await.status, 409, "another one");
    assert_eq!(renew("重新布置", REFERENCE).await.status, 204);
    assert_eq!(renew("重新布置", REFERENCE).await.status, 409, "it counts no more");
    assert_eq!(health(&world, "supervisor").await["reference"], Value::Null);
    assert_eq!(world.get(&path("/reference.jpg"), "supervisor").await.status, 404);
    assert_eq!(world.audited().await, ["renew_reference"]);
}
