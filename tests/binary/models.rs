//! Models that are missing, or are not what their name says: analysis is off with a sentence, the rest works.

use std::fs;

use crate::{
    api::Api,
    house::{House, first_camera, simulator, wait_for},
};

/// A house in which no models are found but those in its own folder `models`.
fn house(camera: &str) -> House {
    let house = House::new(&format!("[recording]\nsegment_seconds = 2\n[analysis]\nmodels = ['models']\n{camera}"));
    fs::create_dir(house.folder().join("models")).unwrap();
    let home = house.folder().display().to_string();
    // GStreamer's list of its plug-ins stays where it is: making one takes seconds.
    let cache = std::env::var("XDG_CACHE_HOME")
        .unwrap_or_else(|_| format!("{}/.cache", std::env::var("HOME").unwrap_or_default()));
    house.with("HOME", &home).with("DUXUE_MODELS", "").with("XDG_CACHE_HOME", &cache)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn analysis_is_off_with_a_sentence_and_the_rest_works() {
    let simulator = tokio::task::spawn_blocking(|| simulator(1)).await.unwrap();
    let camera = first_camera(&simulator);
    let (without, wrong) = (house(&camera), house(&camera));
    fs::write(wrong.folder().join("models/yunet_n_dynamic.onnx"), "this is no model").unwrap();
    for (house, words) in [(without, ["duxue models pull", "yunet"]), (wrong, ["SHA-256", "yunet_n_dynamic.onnx"])] {
        house.add_user("wang", "manager", None);
        let service = house.serve();
        let api = Api::sign_in(&service, "wang").await;
        let analysis = api.get("/system").await["analysis"].clone();
        assert_eq!(analysis["on"], false);
        let (zh, en) = (analysis["reason"]["zh"].as_str().unwrap(), analysis["reason"]["en"].as_str().unwrap());
        assert!(words.iter().all(|word| en.contains(word)), "{en}");
        assert!(zh.contains("duxue models pull"), "{zh}");
        wait_for("footage all the same", || !house.recordings(".mp4").is_empty());
        service.stop();
        house.check();

        let list = house.command(&["models", "list", "--dir", "models"]).output().unwrap();
        let said = String::from_utf8(list.stdout).unwrap();
        assert_eq!(list.status.code(), Some(2), "{said}");
        assert!(said.contains("Analysis is off") && words.iter().all(|word| said.contains(word)), "{said}");
    }
    tokio::task::spawn_blocking(move || drop(simulator)).await.unwrap();
}
