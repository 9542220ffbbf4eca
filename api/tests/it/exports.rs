//! A stretch of a recording, taken out.

use std::{
    io::{Cursor, Read},
    sync::atomic::Ordering,
};

use duxue_api::edges::CutRefusal;
use duxue_rules::camera::OutageCause;
use duxue_storage::{
    PublicKey,
    seal::{ExportManifest, Sealed, Verdict, verify},
};
use serde_json::json;
use uuid::Uuid;
use zip::ZipArchive;

use crate::{
    fakes::GAP,
    seed::{Kind, RECORDED, SEGMENT, at, bytes, id, span},
    world::World,
};

fn export(from: &str, until: &str) -> String {
    format!("/cameras/{}/recordings/export?from={from}&until={until}", id::<Uuid>(Kind::Camera, 0))
}

/// Takes the seed's stretch: the film and its seal.
async fn taken(world: &World, who: &str) -> (Vec<u8>, Vec<u8>) {
    let answer = world.get(&export(RECORDED.0, RECORDED.1), who).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/zip"), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let mut zip = ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
    let mut part = |name: &str| {
        let mut content = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        content
    };
    assert!(String::from_utf8(part("VERIFY.txt")).unwrap().contains("duxue verify recording.mp4"));
    assert!(!part("duxue-public-key.pem").is_empty());
    (part("recording.mp4"), part("recording.mp4.seal.json"))
}

async fn judged(world: &World, film: &[u8], seal: &[u8]) -> Verdict {
    let key = PublicKey::from_pem(&world.get("/public-key", "").await.text()).unwrap();
    verify(film, seal, &key).await.unwrap()
}

#[tokio::test]
async fn a_stretch_is_one_sealed_film_that_names_its_gaps_its_sources_and_who_took_it() {
    let world = World::new().await;
    let (film, seal) = taken(&world, "auditor").await;
    assert_eq!(film.len(), 2 * SEGMENT, "out of both files");
    let Verdict::Good(Sealed::Export(manifest)) = judged(&world, &film, &seal).await else {
        panic!("it is no good seal")
    };
    let ExportManifest { camera, wanted, span: shown, gaps, missing, sources, taken_by, bytes: size, sha256, .. } =
        *manifest;
    assert_eq!((camera.id, size), (id(Kind::Camera, 0), film.len() as u64));
    assert_eq!((wanted, shown), (span(RECORDED.0, RECORDED.1), span(RECORDED.0, RECORDED.1)));
    assert_eq!(gaps, [span(GAP.0, GAP.1)]);
    assert_eq!(
        missing.iter().map(|one| (one.span, one.cause)).collect::<Vec<_>>(),
        [(span(GAP.0, GAP.1), OutageCause::Unreachable)]
    );
    assert_eq!(sources.iter().map(|one| one.segment).collect::<Vec<_>>(), [id(Kind::Segment, 0), id(Kind::Late, 0)]);
    let me = world.get("/me", "auditor").await.json();
    assert_eq!(json!(taken_by), json!({ "id": me["user_id"], "name": me["display_name"] }));
    // Somebody who changes a byte is found out.
    let mut other = film.clone();
    other[SEGMENT] ^= 1;
    assert!(matches!(judged(&world, &other, &seal).await, Verdict::Tampered { .. }));

    // The log tells which film left; each one anew, as each is a file of its own.
    taken(&world, "auditor").await;
    assert_eq!(world.audited().await, ["read_recording", "read_recording"]);
    let entries = world.store.read().await.unwrap().audit_of("camera", &camera.id.to_string()).await.unwrap();
    let entry = &entries.last().unwrap().entry;
    assert_eq!(entry.action, "read_recording");
    assert_eq!(entry.detail["sha256"], sha256.to_string());
    assert_eq!(entry.detail["from"], RECORDED.0);
}

#[tokio::test]
async fn a_film_is_sealed_with_what_is_there_of_it() {
    let world = World::new().await;
    let mut tx = world.store.begin().await.unwrap();
    tx.prune_segment(id(Kind::Late, 0), at(crate::seed::NOW)).await.unwrap();
    tx.commit().await.unwrap();
    let (film, seal) = taken(&world, "supervisor").await;
    assert_eq!(film, bytes(SEGMENT));
    let Verdict::Good(Sealed::Export(manifest)) = judged(&world, &film, &seal).await else {
        panic!("it is no good seal")
    };
    let causes: Vec<_> = manifest.missing.iter().map(|one| one.cause).collect();
    assert_eq!(causes, [OutageCause::Unreachable, OutageCause::Pruned]);
    assert_eq!(manifest.sources.len(), 1);
}

#[tokio::test]
async fn what_makes_no_film_says_why_and_is_not_logged() {
    let world = World::new().await;
    let get = async |from: &str, until: &str| world.get(&export(from, until), "manager").await.problem();
    let until = |text: &str| (400, "bad-parameter".to_owned(), text.to_owned());
    assert_eq!(get("2024-10-08T01:00:00Z", "2024-10-08T01:30:01Z").await, until("until"), "more than half an hour");
    assert_eq!(get("2024-10-08T01:00:00Z", "2024-10-08T01:00:00Z").await, until("until"));
    assert_eq!(get("yesterday", "2024-10-08T01:00:00Z").await.0, 400);
    assert_eq!(get("2024-10-08T03:00:00Z", "2024-10-08T03:10:00Z").await.0, 409, "nothing was recorded then");
    for (refusal, status) in [
        (CutRefusal::Nothing, 409),
        (CutRefusal::FormatChanged { at: at(RECORDED.0) }, 409),
        (CutRefusal::ClockSetBack { at: at(RECORDED.0) }, 409),
        (CutRefusal::Busy, 503),
        (CutRefusal::Failed, 503),
    ] {
        *world.cameras.uncut.lock().unwrap() = Some(refusal);
        assert_eq!(get(RECORDED.0, RECORDED.1).await.0, status, "{refusal:?}");
    }
    *world.cameras.uncut.lock().unwrap() = None;
    // Recording comes first.
    world.cameras.low.store(true, Ordering::SeqCst);
    assert_eq!(get(RECORDED.0, RECORDED.1).await.0, 503);
    assert_eq!(world.audited().await, [""; 0]);
    assert_eq!(world.get(&export(RECORDED.0, RECORDED.1), "liaison").await.problem().0, 403);
    assert_eq!(world.get(&export(RECORDED.0, RECORDED.1), "other").await.problem().0, 404);
    assert_eq!(json!(world.audited().await), json!([]));
}
