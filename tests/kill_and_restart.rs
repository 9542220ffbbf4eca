//! kill -9 at any moment, then restart: no row without a file, no file without a row, nothing half-written stays.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use duxue_simulator::{CameraConfig, Simulator, SimulatorConfig, Stream, classroom};

const LIMIT: Duration = Duration::from_secs(90);

struct House {
    config: PathBuf,
    recordings: PathBuf,
}

impl House {
    fn new(folder: &Path, url: &str) -> Self {
        let config = folder.join("duxue.toml");
        let data = folder.join("data");
        let text = format!(
            "listen = '127.0.0.1:0'\ndata_dir = '{}'\n[recording]\nsegment_seconds = 3\n[analysis]\nenabled = false\n\
             [[camera]]\ninstitution = '甲'\nvenue = '301'\nname = '前'\nurl = '{url}'\n",
            data.display()
        );
        std::fs::write(&config, text).unwrap();
        Self { config, recordings: data.join("recordings") }
    }

    fn serve(&self) -> Child {
        let mut serve = Command::new(env!("CARGO_BIN_EXE_duxue"));
        serve.arg("serve").arg("--config").arg(&self.config).env("DUXUE_LOG", "warn").stdout(Stdio::null());
        serve.spawn().unwrap()
    }

    fn check(&self) -> Output {
        let mut check = Command::new(env!("CARGO_BIN_EXE_duxue"));
        check.args(["check", "--hashes", "--config"]).arg(&self.config).env("DUXUE_LOG", "error").output().unwrap()
    }

    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.recordings.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    found.push(path);
                }
            }
        }
        found
    }
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < LIMIT, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn killed_in_a_loop_nothing_disagrees() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: vec![CameraConfig::drawn(classroom(5, 3))],
        cache_dir: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("classrooms"),
    })
    .unwrap();
    let house = House::new(folder.path(), &simulator.url(1, Stream::Main));

    for round in 0..3 {
        let whole_before = house.files(".mp4").len();
        let mut service = house.serve();
        wait_for("a finished segment and an open one with something in it", || {
            let open = house.files(".part");
            let started = open.iter().any(|part| part.metadata().is_ok_and(|file| file.len() > 200_000));
            started && house.files(".mp4").len() > whole_before
        });
        service.kill().unwrap();
        service.wait().unwrap();
        assert!(!house.files(".part").is_empty(), "round {round} was not killed while a segment was open");
    }

    let mut service = house.serve();
    let known = house.files(".mp4").len();
    wait_for("recovery and a segment more", || house.files(".mp4").len() > known);
    let stopped = Command::new("kill").args(["-TERM", &service.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(service.wait().unwrap().success(), "a soft stop ends well");

    assert_eq!(house.files(".part"), Vec::<PathBuf>::new());
    let check = house.check();
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(check.status.success(), "{said}");
    assert!(said.contains("all agrees"), "{said}");
}
