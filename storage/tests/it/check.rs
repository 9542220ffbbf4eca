//! The fsck finds each thing that can be wrong, and nothing where all is well.

use duxue_rules::{crosscheck::FindingKind, ids::ClipId};
use duxue_storage::{
    audit::Entry,
    check::{CheckReport, Depth, ProblemKind, check},
    objects::{clip_prefix, seal_key},
    segment::Segment,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{
    clips::{requested, sealed, signing_key},
    common::{Db, at, both, id},
    findings::raised,
    objects::Place,
    recordings::segment,
    world::{World, world},
};

/// A world with a recording, a sealed clip, a finding with its picture, and an audit entry for each.
struct House {
    place: Place,
    recordings: TempDir,
    segment: Segment,
    clip: ClipId,
    clip_key: String,
    world: World,
}

const FILM: &[u8] = b"twenty minutes of a lesson";

async fn house(db: &Db, place: Place) -> House {
    let world = world(db).await;
    let recordings = tempfile::tempdir().unwrap();
    let footage = b"a minute of footage";
    let mut segment = segment(world.camera, 0, 60);
    (segment.bytes, segment.sha256) = (footage.len() as u64, Sha256::digest(footage).into());
    let file = recordings.path().join(&segment.path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, footage).unwrap();
    std::fs::write(file.with_extension("part"), "still being written").unwrap();

    let clip = requested(&world);
    let prefix = clip_prefix(clip.class, clip.id);
    let stored = place.objects.put_hashed(&prefix, "mp4", FILM).await.unwrap();
    let finding = raised(&world, FindingKind::NobodyThere, None, 0.5);
    place.objects.put_small(&finding.frames[0].object, "a picture").await.unwrap();

    let mut tx = db.begin().await;
    tx.add_segment(&segment).await.unwrap();
    tx.add_clip(&clip).await.unwrap();
    tx.raise_finding(&finding).await.unwrap();
    tx.audit(entry("request_clip"));
    tx.commit().await.unwrap();
    let mut tx = db.begin().await;
    let (row, seal) = sealed(&clip, FILM, tx.audit_head().await.unwrap());
    assert_eq!(row.object_key, stored.key);
    tx.seal_clip(clip.id, &row, &seal).await.unwrap();
    tx.audit(entry("seal_clip"));
    tx.commit().await.unwrap();
    place.objects.put_small(&seal_key(&stored.key), seal.envelope).await.unwrap();
    House { place, recordings, segment, clip: clip.id, clip_key: stored.key, world }
}

fn entry(action: &str) -> Entry {
    Entry {
        at: at(0),
        actor: None,
        action: action.into(),
        subject_kind: "clip".into(),
        subject_id: "1".into(),
        detail: serde_json::Value::Null,
    }
}

impl House {
    async fn check(&self, db: &Db, depth: Depth) -> CheckReport {
        let public = signing_key().public();
        check(&db.store, &self.place.objects, self.recordings.path(), &public, depth).await.unwrap()
    }

    async fn problems(&self, db: &Db, depth: Depth) -> Vec<ProblemKind> {
        self.check(db, depth).await.problems.into_iter().map(|problem| problem.kind).collect()
    }
}

both! {
    async fn a_sound_house_has_no_problem(db: &Db) {
        let house = house(db, Place::directory().await).await;
        for depth in [Depth::Sizes, Depth::Hashes] {
            let report = house.check(db, depth).await;
            assert_eq!(report, CheckReport { segments: 1, clips: 1, uploads: 0, pieces: 0, audit_entries: 2, problems: vec![] });
        }
    }

    async fn recordings_gone_cut_changed_and_unknown_are_told_apart(db: &Db) {
        let house = house(db, Place::directory().await).await;
        let file = house.recordings.path().join(&house.segment.path);
        std::fs::write(&file, b"a minute of f00tage").unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, []);
        assert_eq!(house.problems(db, Depth::Hashes).await, [ProblemKind::SegmentChanged]);
        std::fs::write(&file, b"a minute").unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, [ProblemKind::SegmentChanged]);
        std::fs::rename(&file, file.with_file_name("other.mp4")).unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, [ProblemKind::SegmentMissing, ProblemKind::FileWithoutRow]);
        let mut tx = db.begin().await;
        tx.prune_segment(house.segment.id, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        let report = house.check(db, Depth::Sizes).await;
        assert_eq!(report.problems.len(), 1, "what was let go is not missed");
        assert!(report.problems[0].text.en.contains("other.mp4"), "{report:?}");
    }

    async fn clips_gone_cut_and_changed_are_told_apart(db: &Db) {
        let house = house(db, Place::directory().await).await;
        let file = house.place.file(&house.clip_key);
        std::fs::write(&file, b"twenty minutes of A lesson").unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, []);
        let report = house.check(db, Depth::Hashes).await;
        assert_eq!(report.problems.len(), 1);
        assert_eq!(report.problems[0].subject, house.clip.to_string());
        assert!(report.problems[0].text.en.contains("changed after sealing"), "{report:?}");
        std::fs::write(&file, b"twenty").unwrap();
        let report = house.check(db, Depth::Sizes).await;
        assert!(report.problems[0].text.en.contains("has 6 bytes, but had 26"), "{report:?}");
        std::fs::remove_file(&file).unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, [ProblemKind::ClipMissing]);
    }

    async fn seals_and_pictures_that_are_gone_or_forged_are_found(db: &Db) {
        let house = house(db, Place::directory().await).await;
        std::fs::remove_file(house.place.file(&seal_key(&house.clip_key))).unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, [ProblemKind::SealCopyMissing]);
        std::fs::remove_file(house.place.file("frames/a/b.jpg")).unwrap();
        assert_eq!(
            house.problems(db, Depth::Sizes).await,
            [ProblemKind::SealCopyMissing, ProblemKind::FrameMissing]
        );
        db.behind("UPDATE clips SET ends_at = ends_at + 1000000").await;
        assert!(house.problems(db, Depth::Sizes).await.contains(&ProblemKind::SealBad));
    }

    async fn an_object_of_nobody_is_found_but_not_one_being_sealed(db: &Db) {
        let house = house(db, Place::directory().await).await;
        let clip = requested(&house.world);
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        tx.commit().await.unwrap();
        let objects = &house.place.objects;
        objects.put_hashed(&clip_prefix(clip.class, clip.id), "mp4", b"new".as_slice()).await.unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, []);
        objects.put_hashed(&clip_prefix(clip.class, id()), "mp4", b"stray".as_slice()).await.unwrap();
        assert_eq!(house.problems(db, Depth::Sizes).await, [ProblemKind::ObjectWithoutRow]);
    }

    async fn a_broken_chain_is_found(db: &Db) {
        let house = house(db, Place::directory().await).await;
        db.behind("UPDATE audit SET action = 'nothing' WHERE seq = 1").await;
        let report = house.check(db, Depth::Sizes).await;
        assert_eq!(report.problems.len(), 1);
        assert!(report.problems[0].text.en.contains("audit entry 1 was rewritten"), "{report:?}");
        assert!(report.problems[0].text.zh.contains("第 1 条"), "{report:?}");
    }

    async fn a_bucket_without_lock_is_told(db: &Db) {
        let house = house(db, Place::s3().await).await;
        assert_eq!(house.problems(db, Depth::Hashes).await, [ProblemKind::ClipNotLocked]);
        house.place.server.as_ref().unwrap().locked.store(true, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(house.problems(db, Depth::Hashes).await, []);
    }
}

#[tokio::test]
async fn rows_that_point_nowhere_are_damage() {
    crate::common::on_sqlite(async |db| {
        let house = house(db, Place::directory().await).await;
        db.behind("DELETE FROM venues").await;
        let problems = house.problems(db, Depth::Sizes).await;
        assert!(problems.contains(&ProblemKind::Database), "{problems:?}");
    })
    .await;
}
