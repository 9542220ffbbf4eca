//! Cameras that cannot be recorded: each says why in the API, and disturbs no other.

use duxue_simulator::{CameraConfig, Credentials, Fault, Simulator, SimulatorConfig, Stream, classroom};

use crate::{
    api::Api,
    house::{House, camera, drawings, wait_for},
};

const SECRET: &str = "s3cr3t-of-the-camera";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_says_what_is_wrong_and_the_good_one_is_recorded() {
    let simulator = tokio::task::spawn_blocking(|| {
        let simulator = Simulator::start(SimulatorConfig {
            address: "127.0.0.1".into(),
            port: 0,
            credentials: Some(Credentials { user: "admin".into(), password: SECRET.into() }),
            cameras: vec![CameraConfig::drawn(classroom(5, 3)); 4],
            cache_dir: drawings(),
        })
        .unwrap();
        simulator.set_fault(2, Some(Fault::AudioOnly)).unwrap();
        simulator.set_fault(3, Some(Fault::H265)).unwrap();
        simulator
    })
    .await
    .unwrap();
    let url = |number| simulator.url_with_credentials(number, Stream::Main);
    let cameras = [
        camera("好", &url(1)),
        camera("只有声音", &url(2)),
        camera("H.265", &url(3)),
        camera("密码错", &url(4).replace(SECRET, "not-the-right-secret")),
        camera("不存在", &url(4).replace("/cam/4/", "/cam/9/")),
        camera("连不上", "rtsp://admin:another-secret@127.0.0.1:1/main"),
    ];
    let house =
        House::new(&format!("[recording]\nsegment_seconds = 2\n[analysis]\nenabled = false\n{}", cameras.concat()));
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;

    for (name, state, cause, word) in [
        ("只有声音", "refused", "unsupported_media", "audio"),
        ("H.265", "refused", "unsupported_media", "H265"),
        ("密码错", "refused", "unauthorized", "nauthorized"),
        ("不存在", "backing_off", "not_found", ""),
        ("连不上", "backing_off", "unreachable", ""),
    ] {
        let shown = api.camera_until(name, name, |s| s["state"] == state && s["cause"] == cause).await;
        let detail = shown["status"]["detail"].as_str().unwrap_or_default();
        assert!(!detail.is_empty() && detail.contains(word), "{name}: {shown}");
        assert_eq!(shown["status"]["recording"], false);
        for secret in [SECRET, "not-the-right-secret", "another-secret"] {
            assert!(!shown.to_string().contains(secret), "{name} tells its password");
        }
    }
    wait_for("the good camera's footage", || house.recordings(".mp4").len() >= 2);
    let good = api.camera("好").await;
    assert_eq!((good["status"]["state"].as_str(), good["status"]["recording"].as_bool()), (Some("live"), Some(true)));

    service.stop();
    house.check();
    tokio::task::spawn_blocking(move || drop(simulator)).await.unwrap();
}
