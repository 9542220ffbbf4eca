//! A daily report with impossible numbers is refused field by field, and nothing is kept of it.

use reqwest::Method;
use serde_json::json;

use crate::{
    api::{Api, Lesson},
    house::{House, INSTITUTION, camera},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn impossible_numbers_are_refused_by_name() {
    let house = House::new(&format!("[analysis]\nenabled = false\n{}", camera("前", "rtsp://127.0.0.1:1/main")));
    house.add_user("wang", "manager", None);
    house.add_user("zhao", "institution", Some(INSTITUTION));
    let service = house.serve();
    let lesson = Lesson::begin(&Api::sign_in(&service, "wang").await, "前").await;
    let api = Api::sign_in(&service, "zhao").await;
    let path = format!("/classes/{}/reports/{}", lesson.class, lesson.date);
    let report = |roll: i64, present: i64, sick: i64| json!({ "roll": roll, "present": present, "sick": sick, "personal": 0, "other": 0, "absent": [], "note": "" });
    for (body, field, rule) in [
        (report(10, 11, 0), "present", Some("R7.3b")),
        (report(10, 9, 5), "sick", Some("R7.3b")),
        (report(10, -1, 0), "present", None),
    ] {
        let (status, problem) = api.ask(Method::PUT, &path, &body).await;
        assert_eq!(status, 422, "{problem:#}");
        let named = problem.to_string();
        assert!(named.contains(field), "{problem:#}");
        assert!(problem["title"].is_string() && problem["text"]["zh"].as_str().is_some_and(|zh| !zh.is_empty()));
        if let Some(rule) = rule {
            assert!(named.contains(rule), "{problem:#}");
        }
    }
    let kept = api.get(&format!("/classes/{}/reports", lesson.class)).await;
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(0), "{kept:#}");
    service.stop();
}
