//! A stretch of a recording, taken out: one film that plays, with a seal that is checked offline.

use std::{
    io::{Cursor, Read},
    process::Command,
};

use jiff::Timestamp;
use serde_json::Value;
use zip::ZipArchive;

use crate::{
    api::{Api, text},
    evidence::CameraSim,
    house::{House, camera},
};

/// How long the film is, as another program sees it.
fn seconds_of(house: &House, name: &str) -> f64 {
    let said = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"])
        .arg(house.folder().join(name))
        .output()
        .unwrap();
    String::from_utf8(said.stdout).unwrap().trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stretch_over_several_files_is_one_film_that_verifies() {
    let sim = CameraSim::start(&House::new(""));
    let house = House::new(&format!(
        "[recording]\nsegment_seconds = 4\n[analysis]\nenabled = false\n{}",
        camera("前", &sim.url)
    ));
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;
    let id = text(&api.camera("前").await["id"]);
    api.camera_until("pictures", "前", |status| status["state"] == "live").await;
    let day = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()).date();
    #[expect(clippy::disallowed_methods, reason = "the service under test has the machine's clock")]
    let today = day(Timestamp::now());
    let recorded = |day: &Value| -> Vec<(Timestamp, Timestamp)> {
        let parts = day["parts"].as_array().unwrap().iter().filter(|part| part["kind"] == "recorded");
        let at = |part: &Value, key: &str| text(&part[key]).parse().unwrap();
        parts.map(|part| (at(part, "start"), at(part, "end"))).collect()
    };
    let path = format!("/cameras/{id}/recordings");
    let day = api.until("three files", &format!("{path}?date={today}"), |day| recorded(day).len() >= 3).await;
    let parts = recorded(&day);
    let (from, until) =
        (parts[0].0 + jiff::SignedDuration::from_secs(2), parts[2].1 - jiff::SignedDuration::from_secs(1));

    let zip = api.bytes(&format!("{path}/export?from={from}&until={until}")).await;
    let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
    for name in ["recording.mp4", "recording.mp4.seal.json"] {
        let mut content = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        std::fs::write(house.folder().join(name), content).unwrap();
    }
    let asked = until.duration_since(from).as_secs_f64();
    let shown = seconds_of(&house, "recording.mp4");
    assert!(
        (asked - 0.1..asked + 4.0).contains(&shown),
        "asked for {asked} s from the key frame before, got {shown} s"
    );
    let key = house.data().join("keys/public-key.pem").display().to_string();
    let verify = || house.command(&["verify", "recording.mp4", "--key", &key]).output().unwrap();
    let said = verify();
    let words = String::from_utf8(said.stdout).unwrap();
    assert_eq!(said.status.code(), Some(0), "{words}");
    assert!(words.contains("GOOD") && words.contains("前"), "{words}");
    let mut film = std::fs::read(house.folder().join("recording.mp4")).unwrap();
    let middle = film.len() / 2;
    film[middle] ^= 1;
    std::fs::write(house.folder().join("recording.mp4"), film).unwrap();
    assert_eq!(verify().status.code(), Some(2));
    // Nothing of it stays with the service.
    assert_eq!(std::fs::read_dir(house.data().join("exporting")).unwrap().count(), 0);
    service.stop();
    house.check();
}
