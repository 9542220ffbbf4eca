//! From camera to evidence on PostgreSQL and S3: recorded, cut, sealed, downloaded, verified, checked.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use serde_json::Value;

use crate::{
    api::{Api, Lesson, text},
    house::{House, camera, drawings},
    postgres::Server,
    s3::S3Server,
};

/// `duxue camera-sim`, ended when dropped.
pub struct CameraSim {
    child: Child,
    pub url: String,
}

impl CameraSim {
    pub fn start(house: &House) -> Self {
        let cache = drawings().display().to_string();
        let words = ["camera-sim", "--port", "0", "--people", "3", "--seed", "5", "--cache", &cache];
        let mut child = house.command(&words).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.strip_prefix("camera 1: ").and_then(|rest| rest.split(' ').next());
        Self { child, url: url.expect("camera-sim says where its camera is").to_owned() }
    }
}

impl Drop for CameraSim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lesson_becomes_evidence_on_postgresql_and_s3() {
    let (server, s3) = (Server::start(), S3Server::start().await);
    s3.locked.store(true, std::sync::atomic::Ordering::SeqCst);
    let sim = CameraSim::start(&House::new(""));
    let house = House::new(&format!(
        "database = '{}'\n[objects]\nkind = 's3'\nbucket = '{}'\nprefix = '{}'\nregion = '{}'\nendpoint = '{}'\n\
         allow_http = true\n[recording]\nsegment_seconds = 4\n[analysis]\nenabled = false\n\
         [policy]\nlabel = 'test'\nclip_min_seconds = 10\nclip_spare_seconds = 1\n{}",
        server.admin,
        s3.config.bucket,
        s3.config.prefix,
        s3.config.region,
        s3.config.endpoint.as_deref().unwrap(),
        camera("前", &sim.url),
    ))
    .with("AWS_ACCESS_KEY_ID", &s3.config.access_key_id)
    .with("AWS_SECRET_ACCESS_KEY", &s3.config.secret_access_key);
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;
    let lesson = Lesson::begin(&api, "前").await;

    let sealed =
        |clips: &Value| clips["items"].as_array().is_some_and(|all| all.iter().any(|c| c["state"] == "sealed"));
    let clips = api.until("a sealed clip", &format!("/clips?class_id={}", lesson.class), sealed).await;
    let clip = &clips["items"][0];
    let id = text(&clip["id"]);
    assert!(clip["duration_seconds"].as_f64().unwrap() >= 10.0, "{clip}");

    let footage = api.bytes(&format!("/clips/{id}/content")).await;
    assert_eq!(clip["bytes"].as_u64().unwrap(), footage.len() as u64);
    let (file, seal) = (house.folder().join("clip.mp4"), house.folder().join("clip.seal.json"));
    std::fs::write(&file, &footage).unwrap();
    std::fs::write(&seal, api.bytes(&format!("/clips/{id}/seal")).await).unwrap();
    let key = house.data().join("keys/public-key.pem").display().to_string();
    let verify = || house.command(&["verify", "clip.mp4", "--key", &key]).output().unwrap().status.code();
    assert_eq!(verify(), Some(0));
    let mut altered = footage.clone();
    altered[footage.len() / 2] ^= 1;
    std::fs::write(&file, altered).unwrap();
    assert_eq!(verify(), Some(2));
    std::fs::write(&file, &footage[..footage.len() - 1]).unwrap();
    assert_eq!(verify(), Some(3));

    // It lies in the bucket and nowhere else.
    let bucket = s3.root.path().join(&s3.config.bucket).join(&s3.config.prefix).join("clips");
    assert!(bucket.is_dir() && !house.data().join("objects").exists() && !house.data().join("duxue.db").exists());

    service.stop();
    let said = house.check();
    assert!(!said.contains(" 0 segments") && said.contains(" 1 clips"), "{said}");
}
