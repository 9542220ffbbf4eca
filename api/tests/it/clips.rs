//! Asking for clips, fetching and verifying them.

use std::path::PathBuf;

use axum::http::Method;
use duxue_storage::{PublicKey, seal};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{CLIP, Kind, id},
    world::World,
};

fn path() -> String {
    format!("/clips/{}", id::<Uuid>(Kind::Clip, 0))
}

/// The clip's file in the store's directory.
fn file(world: &World) -> PathBuf {
    let dir = world.dir().join("objects/clips").join(id::<Uuid>(Kind::Class, 0).to_string());
    let dir = dir.join(id::<Uuid>(Kind::Clip, 0).to_string());
    let mut files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|extension| extension == "mp4")).unwrap()
}

async fn verify(world: &World) -> Value {
    world.ask(Method::POST, &format!("{}/verify", path()), "auditor", Sent::Nothing).await.expect(200)
}

#[tokio::test]
async fn a_request_is_a_row_and_a_poke() {
    let world = World::new().await;
    let body = json!({"session_id": id::<Uuid>(Kind::Session, 0), "camera_id": id::<Uuid>(Kind::Camera, 0)});
    let clip = world.post("/clips", "supervisor", body.clone()).await.expect(202);
    assert_eq!((&clip["state"], &clip["policy"]["clip_min_seconds"]), (&json!("requested"), &json!(60)));
    assert_eq!(clip["wanted"], json!({"start": "2024-10-08T01:00:00Z", "end": "2024-10-08T04:00:00Z"}));
    let woken = tokio::time::timeout(std::time::Duration::from_secs(5), world.pokes.clips.notified()).await;
    assert!(woken.is_ok());
    assert_eq!(world.post("/clips", "supervisor", body).await.problem().1, "conflict", "it is being made already");
    assert_eq!(world.audited().await, ["request_clip"]);
    let shown = world.get(&format!("/clips/{}", clip["id"].as_str().unwrap()), "liaison").await.expect(200);
    assert_eq!(shown, clip);
    let content = world.get(&format!("/clips/{}/content", clip["id"].as_str().unwrap()), "liaison").await;
    assert_eq!(content.problem().1, "conflict", "there is no file yet");
}

#[tokio::test]
async fn what_could_never_be_cut_is_refused_at_once() {
    let world = World::new().await;
    let ask = async |session: Uuid, camera: Uuid| {
        world.post("/clips", "supervisor", json!({"session_id": session, "camera_id": camera})).await
    };
    let (session, camera) = (id::<Uuid>(Kind::Session, 0), id::<Uuid>(Kind::Camera, 0));
    assert_eq!(ask(session, id(Kind::Camera, 1)).await.problem().2, "camera_id");
    assert_eq!(ask(Uuid::from_u128(5), camera).await.problem().2, "session_id");
    // Tomorrow's session may still be moved.
    let tomorrow = json!({"venue_id": id::<Uuid>(Kind::Venue, 0), "starts_at": "2024-10-09T01:00:00Z",
        "ends_at": "2024-10-09T04:00:00Z"});
    let added = format!("/classes/{}/sessions", id::<Uuid>(Kind::Class, 0));
    let added = world.post(&added, "supervisor", tomorrow).await.expect(201);
    let early = ask(added["id"].as_str().unwrap().parse().unwrap(), camera).await;
    assert_eq!(early.problem(), (422, "invalid".into(), "session_id".into()));
    assert_eq!(early.json()["errors"][0]["en"], "this session has not begun");
    // Nothing was recorded of yesterday's session.
    let mut tx = world.store.begin().await.unwrap();
    tx.fail_clip(id(Kind::Waiting, 0), &duxue_rules::Text::new("无", "none")).await.unwrap();
    tx.commit().await.unwrap();
    let never = ask(id(Kind::Past, 0), camera).await;
    assert_eq!(never.problem(), (422, "invalid".into(), "session_id".into()));
    assert_eq!(never.json()["rule"], "R9.1");
}

#[tokio::test]
async fn four_files_four_answers() {
    let world = World::new().await;
    let path = file(&world);
    let good = std::fs::read(&path).unwrap();
    assert_eq!(verify(&world).await["outcome"], "good");
    let mut flipped = good.clone();
    flipped[CLIP - 7] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    let tampered = verify(&world).await;
    assert_eq!(tampered["outcome"], "tampered");
    assert!(tampered["detail"]["en"].as_str().unwrap().contains("4194304"), "{tampered}");
    std::fs::write(&path, &good[..CLIP - 1]).unwrap();
    assert_eq!(verify(&world).await["outcome"], "truncated");
    std::fs::write(&path, [&good[..], b"x"].concat()).unwrap();
    assert_eq!(verify(&world).await["outcome"], "tampered");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(verify(&world).await["outcome"], "missing");
    std::fs::write(&path, &good).unwrap();
    assert_eq!(verify(&world).await["outcome"], "good");
    assert_eq!(world.audited().await, ["verify_clip"; 6]);
}

#[tokio::test]
async fn seal_clip_and_key_verify_without_the_server() {
    let world = World::new().await;
    let pem = world.get("/public-key", "").await.text();
    let key = PublicKey::from_pem(&pem).unwrap();
    let sealed = world.get(&format!("{}/seal", path()), "liaison").await;
    assert!(sealed.header("content-disposition").starts_with("attachment; filename=\"duxue-2024-10-07-"));
    let clip = world.get(&format!("{}/content", path()), "liaison").await;
    let verdict = seal::verify(&clip.bytes[..], &sealed.bytes, &key).await.unwrap();
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(world.audited().await, ["read_seal", "read_clip"]);
    let waiting = format!("/clips/{}/seal", id::<Uuid>(Kind::Waiting, 0));
    assert_eq!(world.get(&waiting, "liaison").await.problem().1, "conflict");
}

#[tokio::test]
async fn lists_are_filtered() {
    let world = World::new().await;
    let count = async |query: &str| {
        let found = world.get(&format!("/clips{query}"), "auditor").await.expect(200);
        found["items"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 64);
    assert_eq!(count("?state=sealed").await, 62);
    assert_eq!(count(&format!("?state=requested&class_id={}", id::<Uuid>(Kind::Class, 1))).await, 1);
    let clip = world.get(&path(), "auditor").await.expect(200);
    assert_eq!((&clip["duration_seconds"], &clip["bytes"]), (&json!(65.0), &json!(CLIP)));
}
