//! One download with everything of a class.

use duxue_storage::package::{Flaw, verify};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    punches::{punch, send},
    seed::{Kind, id},
    world::World,
};

fn path() -> String {
    format!("/classes/{}/package", id::<Uuid>(Kind::Class, 0))
}

/// Downloads it as a file.
async fn download(world: &World) -> tempfile::NamedTempFile {
    let answer = world.get(&path(), "auditor").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/zip"));
    assert!(answer.header("content-disposition").ends_with(".zip\""));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &answer.bytes).unwrap();
    file
}

#[tokio::test]
async fn a_package_holds_clips_records_pictures_and_proofs() {
    let world = World::new().await;
    let file = download(&world).await;
    let key = duxue_storage::PublicKey::from_pem(&world.get("/public-key", "").await.text()).unwrap();
    let report = verify(file.path(), &key).unwrap();
    assert!(report.is_good(), "{:?}", report.flaws);
    assert_eq!((report.good_clips, report.good_uploads), (1, 1));
    // The reading of the package itself is the newest entry about the class.
    assert!(report.proved_entries >= 1);
    let paths: Vec<_> = report.manifest.files.iter().map(|file| file.path.as_str()).collect();
    for wanted in [
        "VERIFY.txt",
        "records/students.json",
        "records/daily-reports.json",
        "records/remote-supervisions.json",
        "records/opening.json",
        "records/student-papers.json",
        "records/exceptions.json",
        "records/punches.json",
        "records/leaves.json",
        "records/statements.json",
        "records/summaries.json",
        "records/attendance.json",
        "records/violations.json",
        "records/messages.json",
        "records/closeouts.json",
        "records/assessments.json",
        "records/verifications.json",
        "records/claims.json",
        "records/spot-checks.json",
        "records/subsidies.json",
        "records/notices.json",
        "records/tracking.json",
        "records/uploads.json",
    ] {
        assert!(paths.contains(&wanted), "{wanted} in {paths:?}");
    }
    assert!(paths.contains(&format!("papers/{}.pdf", id::<Uuid>(Kind::File, 0)).as_str()), "{paths:?}");
    assert!(paths.iter().any(|path| path.starts_with("findings/") && path.ends_with("/0.jpg")), "{paths:?}");
    assert_eq!(world.audited().await, ["read_package"]);
}

#[tokio::test]
async fn it_holds_attendance_with_its_scans_and_a_proof_of_each_punch() {
    let world = World::new().await;
    let file = id::<Uuid>(Kind::File, 0);
    send(&world, 0, vec![punch(0, "1"), punch(0, "2")]).await.expect(200);
    let scans = format!("/statements/{}/scans", id::<Uuid>(Kind::Statement, 0));
    world.post(&scans, "liaison", json!({ "seal_file_id": file })).await.expect(200);
    let sign = format!("/statements/{}/signature", id::<Uuid>(Kind::Statement, 0));
    world.post(&sign, "liaison", crate::inspections::signature()).await.expect(201);
    let package = download(&world).await;
    let key = duxue_storage::PublicKey::from_pem(&world.get("/public-key", "").await.text()).unwrap();
    let report = verify(package.path(), &key).unwrap();
    assert!(report.is_good(), "{:?}", report.flaws);
    let mut package = zip::ZipArchive::new(package.reopen().unwrap()).unwrap();
    let mut read = |path: &str| -> Value { serde_json::from_reader(package.by_name(path).unwrap()).unwrap() };
    let punches = read("records/punches.json");
    let counts: Vec<_> = punches.as_array().unwrap().iter().map(|one| &one["counts"]).collect();
    assert_eq!(counts, [&json!(true), &json!(false)], "the second repeats the first");
    assert_eq!(read("records/statements.json")[0]["missing"], json!(["student"]));
    assert_eq!(read("records/attendance.json")[0]["month"], "2024-10");
    let entries = read("audit/entries.json").to_string();
    for punch in punches.as_array().unwrap() {
        assert!(entries.contains(punch["id"].as_str().unwrap()), "an entry of each punch");
    }
    let paths: Vec<_> = report.manifest.files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&format!("papers/{file}.pdf").as_str()), "{paths:?}");
    assert!(paths.iter().any(|path| path.starts_with("signatures/")), "{paths:?}");
}

#[tokio::test]
async fn an_altered_clip_and_a_lost_one_show() {
    let world = World::new().await;
    let dir = world.dir().join("objects/clips").join(id::<Uuid>(Kind::Class, 0).to_string());
    let dir = dir.join(id::<Uuid>(Kind::Clip, 0).to_string());
    let clip = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "mp4"))
        .unwrap();
    let good = std::fs::read(&clip).unwrap();
    let mut bad = good.clone();
    bad[77] ^= 1;
    std::fs::write(&clip, &bad).unwrap();
    let key = duxue_storage::PublicKey::from_pem(&world.get("/public-key", "").await.text()).unwrap();
    let report = verify(download(&world).await.path(), &key).unwrap();
    assert!(matches!(report.flaws.as_slice(), [(_, Flaw::Clip(_))]), "{:?}", report.flaws);
    std::fs::remove_file(&clip).unwrap();
    let report = verify(download(&world).await.path(), &key).unwrap();
    assert_eq!(report.manifest.missing.len(), 1, "the list says what could not be had");
    assert!(report.is_good());
}
