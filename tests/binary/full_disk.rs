//! A disk that fills up: what nothing needs goes first, then recording stops with an alarm, and it resumes by itself.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    api::{Api, Lesson},
    house::{House, first_camera, simulator, wait_for},
    tiny_disk::TinyDisk,
};

const MIB: usize = 1 << 20;

/// Takes that much of the disk away.
fn fill(folder: &Path, mib: usize) {
    fs::write(folder.join("ballast"), vec![1; mib * MIB]).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_loses_no_evidence_and_says_so() {
    let simulator = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let camera = first_camera(&simulator);
    // Recording stops below 256 MiB; below 300 MiB the ring gives way.
    let house = House::new(&format!(
        "[recording]\nsegment_seconds = 2\nreserve_bytes = {}\n[analysis]\nenabled = false\n[evidence]\n\
         clips = \"none\"\n{camera}",
        300 * MIB
    ));
    let disk = house.data().join("recordings");
    fs::create_dir_all(&disk).unwrap();
    let Some(_mounted) = TinyDisk::mount(&disk, "320m") else { return };
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;

    wait_for("three segments", || house.recordings(".mp4").len() >= 3);
    assert_eq!(api.get("/system").await["disk"]["state"], "ok");
    let ring = house.recordings(".mp4");
    fill(&disk, 40);
    assert_eq!(api.get("/system").await["disk"]["state"], "low");
    wait_for("the ring to give way", || !ring.iter().any(|segment| segment.exists()));
    assert!(api.camera("前").await["status"]["recording"].as_bool().unwrap(), "recording goes on meanwhile");

    // From here on everything is needed for a clip, and nothing before.
    wait_for("a segment that nobody needs", || !house.recordings(".mp4").is_empty());
    let unneeded = house.recordings(".mp4");
    let lesson = Lesson::begin(&api, "前").await;
    api.post("/clips", &json!({ "session_id": lesson.session, "camera_id": lesson.camera })).await;
    let needed = || {
        let mut files = house.recordings(".mp4");
        files.retain(|file| !unneeded.contains(file));
        files
    };
    wait_for("two segments of the lesson", || needed().len() >= 2);

    fill(&disk, 70);
    let status = api.camera_until("the alarm", "前", |status| status["cause"] == "disk_full").await;
    let status = &status["status"];
    assert_eq!((status["state"].as_str(), status["recording"].as_bool()), (Some("live"), Some(false)), "{status}");
    assert!(status["detail"].as_str().is_some_and(|detail| detail.contains("MiB")), "{status}");
    let system = api.get("/system").await;
    assert_eq!(
        (system["disk"]["state"].as_str(), system["recorder"]["state"].as_str()),
        (Some("full"), Some("disk_full"))
    );
    let kept = needed();
    wait_for("what nobody needs to go", || !unneeded.iter().any(|segment| segment.exists()));
    assert_eq!(needed(), kept, "what a clip needs stays, and nothing is added to a full disk");

    fs::remove_file(disk.join("ballast")).unwrap();
    let back = api.camera_until("recording again", "前", |status| status["recording"] == true).await;
    assert!(back["status"]["cause"].is_null(), "{back}");
    wait_for("a new segment", || needed().len() > kept.len());
    api.until("the alarm to end", "/system", |system| system["recorder"]["state"] == "recording").await;
    assert_eq!(api.get("/system").await["disk"]["state"], "ok");
    let today = api.get(&format!("/cameras/{}/recordings?date={}", lesson.camera, lesson.date)).await;
    assert!(today["parts"].as_array().unwrap().iter().any(|part| part["cause"] == "disk_full"), "{today:#}");

    service.stop();
    assert!(kept.iter().all(|file| file.exists()));
    house.check();
    tokio::task::spawn_blocking(move || drop(simulator)).await.unwrap();
}
