//! A video that an institution hands in on a bad line, through the death of the service, to the verdict.

use std::{path::Path, process::Command};

use reqwest::{Method, Response};
use serde_json::json;

use crate::{
    api::{Api, text},
    house::{House, INSTITUTION},
};

/// Fifteen seconds that move.
fn video(folder: &Path) -> Vec<u8> {
    let file = folder.join("lesson.mp4");
    let source = ["-f", "lavfi", "-i", "testsrc2=d=15:s=320x240:r=10", "-g", "20", "-pix_fmt", "yuv420p"];
    assert!(Command::new("ffmpeg").args(["-v", "error"]).args(source).arg(&file).status().unwrap().success());
    std::fs::read(file).unwrap()
}

fn base64(text: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(text)
}

fn header(answer: &Response, name: &str) -> String {
    answer.headers()[name].to_str().unwrap().to_owned()
}

pub async fn announce(api: &Api, class: &str, name: &str, bytes: usize) -> String {
    let claim = [("filename", name), ("class_id", class), ("starts_at", "2024-10-08T01:00:00Z")];
    let claim: Vec<String> = claim.iter().map(|(key, value)| format!("{key} {}", base64(value))).collect();
    let headers = [("upload-length", bytes.to_string()), ("upload-metadata", claim.join(","))];
    let answer = api.tus(Method::POST, "/uploads", &headers, &[]).await;
    assert_eq!(answer.status(), 201);
    format!("/uploads/{}", header(&answer, "location").rsplit('/').next().unwrap())
}

pub async fn append(api: &Api, upload: &str, from: usize, bytes: &[u8]) {
    let headers = [("upload-offset", from.to_string()), ("content-type", "application/offset+octet-stream".to_owned())];
    let answer = api.tus(Method::PATCH, upload, &headers, bytes).await;
    assert_eq!((answer.status().as_u16(), header(&answer, "upload-offset")), (204, (from + bytes.len()).to_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_video_outlives_kill_9_and_is_judged_by_what_it_is() {
    let house = House::new("[analysis]\nenabled = false\n[policy]\nlabel = 'test'\nclip_min_seconds = 10\n");
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let manager = Api::sign_in(&service, "wang").await;
    let institution = text(&manager.post("/institutions", &json!({ "name": INSTITUTION })).await["id"]);
    let class = json!({ "institution_id": institution, "name": "2024年电工专业1班期", "major": "电工",
        "starts_on": "2024-10-08", "ends_on": "2025-01-08" });
    let class = text(&manager.post("/classes", &class).await["id"]);
    house.add_user("li", "institution", Some(INSTITUTION));
    let content = video(house.folder());
    let half = content.len() / 2;
    let sender = Api::sign_in(&service, "li").await;
    let upload = announce(&sender, &class, "上午.mp4", content.len()).await;
    append(&sender, &upload, 0, &content[..half]).await;
    service.kill();

    let service = house.serve();
    let sender = Api::sign_in(&service, "li").await;
    let answer = sender.tus(Method::HEAD, &upload, &[], &[]).await;
    assert_eq!(header(&answer, "upload-offset"), half.to_string(), "what was acknowledged is there");
    append(&sender, &upload, half, &content[half..]).await;
    let shown = sender.until("the verdict", &upload, |shown| shown["state"] != "received").await;
    assert_eq!((&shown["state"], &shown["refused_because"]), (&json!("accepted"), &json!([])), "{shown}");
    assert_eq!((&shown["video"]["codec"], &shown["video"]["duration_seconds"]), (&json!("h264"), &json!(15.0)));
    assert_eq!(sender.bytes(&format!("{upload}/content")).await, content);

    let paper = announce(&sender, &class, "下午.mp4", 12).await;
    append(&sender, &paper, 0, b"not a video!").await;
    let shown = sender.until("the verdict", &paper, |shown| shown["state"] != "received").await;
    assert_eq!((&shown["state"], &shown["refused_because"][0]["code"]), (&json!("refused"), &json!("unreadable")));
    assert_eq!(std::fs::read_dir(house.data().join("uploads")).unwrap().count(), 0, "nothing stays in the spool");
    service.stop();
    house.check();
}
