//! Sealed uploads: once, only when accepted, and checked like clips.

use duxue_rules::{ids::UploadId, upload::VideoFacts};
use duxue_storage::{
    Named,
    check::{CheckReport, Depth, ProblemKind, check},
    file::NewFile,
    likeness::UploadView,
    objects::{Stored, file_prefix, seal_key, upload_prefix, upload_view_prefix},
    package::{Flaw, verify as verify_package},
    seal::{
        AuditAnchor, Digester, Envelope, Hash, PolicyFacts, Sealed, UPLOAD_FORMAT, UploadManifest, Verdict, verify,
    },
    upload::{NewUpload, Verdict as Checked},
    upload_seal::UploadSeal,
};

use crate::{
    clips::signing_key,
    common::{Db, at, both, id},
    objects::Place,
    uploads::announced,
    world::{World, is_lost, world},
};

pub const FILM: &[u8] = b"twenty minutes, as they say";

pub fn video() -> VideoFacts {
    VideoFacts {
        container: "mov,mp4,m4a,3gp,3g2,mj2".into(),
        codec: "h264".into(),
        width: 1280,
        height: 720,
        duration_ms: 1_500_000,
        holes: vec![],
        samples: 150,
        dark: 0,
        frozen: 3,
    }
}

pub fn manifest(upload: &NewUpload, content: &[u8]) -> UploadManifest {
    let mut digester = Digester::default();
    digester.update(content);
    let mut manifest = UploadManifest {
        format: UPLOAD_FORMAT.into(),
        upload: upload.id,
        institution: Named { id: upload.institution, name: "甲".into() },
        handed_in_by: Named { id: upload.created_by, name: "李".into() },
        received_at: at(200),
        name: upload.name.clone(),
        class: Named { id: upload.class, name: "一班".into() },
        session: None,
        claimed_start: upload.claimed_start,
        video: video(),
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: vec![],
        policy: PolicyFacts { version: 1, label: String::new(), clip_min_seconds: 1200, clip_max_gap_ms: 2000 },
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        made_at: at(400),
        made_by: "duxue test".into(),
    };
    manifest.pin(digester.finish());
    manifest
}

pub fn seal(manifest: &UploadManifest) -> UploadSeal {
    let signed = Envelope::sign_upload(manifest, &signing_key());
    UploadSeal { manifest: signed.manifest, envelope: signed.envelope, sealed_at: manifest.made_at }
}

/// An upload of that world that was accepted; the film need not lie anywhere.
pub async fn accepted(db: &Db, upload: &NewUpload, object: &str, sha256: String) {
    let mut tx = db.begin().await;
    tx.add_upload(upload).await.unwrap();
    tx.receive_upload(upload.id, at(200)).await.unwrap();
    let verdict = Checked::Accepted { object: object.into(), sha256, video: video() };
    tx.decide_upload(upload.id, &verdict, at(300)).await.unwrap();
    tx.commit().await.unwrap();
}

/// An upload that was accepted and sealed, without an object.
pub async fn sealed(db: &Db, upload: &NewUpload) {
    let manifest = manifest(upload, FILM);
    accepted(db, upload, &format!("uploads/{}", upload.id), manifest.sha256.to_string()).await;
    let mut tx = db.begin().await;
    tx.seal_upload(upload.id, &seal(&manifest)).await.unwrap();
    tx.commit().await.unwrap();
}

/// The same with its object and the copy of its seal.
async fn kept(db: &Db, world: &World, place: &Place) -> (UploadId, Stored) {
    let new = NewUpload { length: FILM.len() as u64, ..announced(world) };
    let prefix = upload_prefix(new.institution, new.id);
    let stored = place.objects.put_hashed(&prefix, "mp4", FILM).await.unwrap();
    accepted(db, &new, &stored.key, stored.digests.sha256.to_string()).await;
    let seal = seal(&manifest(&new, FILM));
    let mut tx = db.begin().await;
    tx.seal_upload(new.id, &seal).await.unwrap();
    tx.commit().await.unwrap();
    place.objects.put_small(&seal_key(&stored.key), seal.envelope).await.unwrap();
    (new.id, stored)
}

async fn checked(db: &Db, place: &Place, depth: Depth) -> CheckReport {
    let nothing = tempfile::tempdir().unwrap();
    check(&db.store, &place.objects, nothing.path(), &signing_key().public(), depth).await.unwrap()
}

async fn problems(db: &Db, place: &Place, depth: Depth) -> Vec<ProblemKind> {
    checked(db, place, depth).await.problems.into_iter().map(|problem| problem.kind).collect()
}

both! {
    async fn only_what_was_accepted_is_sealed_and_only_once(db: &Db) {
        let world = world(db).await;
        let new = announced(&world);
        let seal = seal(&manifest(&new, FILM));
        let mut tx = db.begin().await;
        tx.add_upload(&new).await.unwrap();
        assert!(is_lost(&tx.seal_upload(new.id, &seal).await), "it is not accepted");
        tx.receive_upload(new.id, at(200)).await.unwrap();
        let accepted = Checked::Accepted { object: "a".into(), sha256: "ab".repeat(32), video: video() };
        tx.decide_upload(new.id, &accepted, at(300)).await.unwrap();
        assert_eq!(tx.unsealed_uploads(9).await.unwrap(), [new.id]);
        assert!(tx.upload_seal(new.id).await.unwrap().is_none());
        tx.seal_upload(new.id, &seal).await.unwrap();
        assert_eq!(tx.upload_seal(new.id).await.unwrap(), Some(seal.clone()));
        let other = UploadSeal { sealed_at: at(500), ..seal.clone() };
        assert!(is_lost(&tx.seal_upload(new.id, &other).await));
        assert_eq!(tx.upload_seal(new.id).await.unwrap(), Some(seal), "a seal stands");
        assert_eq!(tx.unsealed_uploads(9).await.unwrap(), []);
        assert_eq!(tx.sealed_uploads(Some(world.class), None, 9).await.unwrap(), [new.id]);
        assert_eq!(tx.sealed_uploads(Some(id()), None, 9).await.unwrap(), []);
        assert_eq!(tx.sealed_uploads(None, Some(new.id), 9).await.unwrap(), []);
        assert_eq!(tx.audit_anchors().await.unwrap().len(), 1, "the seal remembers the log");
    }

    async fn the_fsck_walks_uploads_as_it_walks_clips(db: &Db) {
        let (world, place) = (world(db).await, Place::directory().await);
        let (upload, stored) = kept(db, &world, &place).await;
        let report = checked(db, &place, Depth::Hashes).await;
        assert_eq!((report.uploads, report.problems.as_slice()), (1, [].as_slice()));
        let file = place.file(&stored.key);
        std::fs::write(&file, b"twenty minutes, as THEY say").unwrap();
        assert_eq!(problems(db, &place, Depth::Sizes).await, []);
        let report = checked(db, &place, Depth::Hashes).await;
        assert_eq!(report.problems[0].kind, ProblemKind::UploadChanged);
        assert_eq!(report.problems[0].subject, upload.to_string());
        std::fs::write(&file, b"twenty").unwrap();
        assert_eq!(problems(db, &place, Depth::Sizes).await, [ProblemKind::UploadChanged]);
        std::fs::remove_file(&file).unwrap();
        assert_eq!(problems(db, &place, Depth::Sizes).await, [ProblemKind::UploadMissing]);
        std::fs::write(&file, FILM).unwrap();
        std::fs::remove_file(place.file(&seal_key(&stored.key))).unwrap();
        assert_eq!(problems(db, &place, Depth::Sizes).await, [ProblemKind::SealCopyMissing]);
        place.objects.put_small("uploads/a/b/c.mp4", "stray").await.unwrap();
        assert_eq!(
            problems(db, &place, Depth::Sizes).await,
            [ProblemKind::SealCopyMissing, ProblemKind::ObjectWithoutRow]
        );
        db.behind("UPDATE uploads SET claimed_start = claimed_start + 60000000").await;
        assert!(problems(db, &place, Depth::Sizes).await.contains(&ProblemKind::SealBad), "the claim was changed");
    }

    async fn the_fsck_walks_pictures_traces_and_files_too(db: &Db) {
        let (world, place) = (world(db).await, Place::directory().await);
        let (upload, stored) = kept(db, &world, &place).await;
        let views = upload_view_prefix(world.institution, upload);
        let object = async |prefix: &str, ending: &str, content: &'static [u8]| {
            place.objects.put_hashed(prefix, ending, content).await.unwrap()
        };
        let (sheet, thumbnail) = (object(&views, "jpg", b"sheet").await.key, object(&views, "jpg", b"one").await.key);
        let trace = object(&views, "trace", b"what moves").await.key;
        assert_eq!(problems(db, &place, Depth::Sizes).await, [], "it is being looked at: the row comes last");
        let view = UploadView {
            upload,
            sha256: stored.digests.sha256.to_string(),
            sheet: Some(sheet.clone()),
            thumbnail: Some(thumbnail.clone()),
            trace: Some(trace.clone()),
            made_at: at(600),
        };
        let scan = object(&file_prefix(Some(world.institution)), "pdf", b"%PDF scan").await;
        let file = NewFile {
            id: id(),
            institution: Some(world.institution),
            name: "scan.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: 9,
            sha256: stored.digests.sha256.0,
            object_key: scan.key.clone(),
            created_at: at(0),
            created_by: world.manager,
        };
        let mut tx = db.begin().await;
        tx.add_upload_view(&view).await.unwrap();
        tx.add_file(&file).await.unwrap();
        tx.commit().await.unwrap();
        let report = checked(db, &place, Depth::Hashes).await;
        assert_eq!((report.pieces, report.problems.as_slice()), (4, [].as_slice()));
        std::fs::write(place.file(&thumbnail), b"two").unwrap();
        assert_eq!(problems(db, &place, Depth::Sizes).await, []);
        assert_eq!(problems(db, &place, Depth::Hashes).await, [ProblemKind::ViewChanged]);
        std::fs::remove_file(place.file(&trace)).unwrap();
        std::fs::remove_file(place.file(&scan.key)).unwrap();
        let report = checked(db, &place, Depth::Sizes).await;
        let kinds: Vec<_> = report.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::ViewMissing, ProblemKind::FileMissing]);
        assert_eq!(report.problems[0].subject, upload.to_string());
        assert!(report.problems[0].text.en.contains(&trace) && report.problems[1].text.zh.contains(&scan.key));
        // Put once more by work that was interrupted: it belongs to nothing now.
        object(&views, "jpg", b"another").await;
        object("views/uploads/x/y", "jpg", b"stray").await;
        let kinds = problems(db, &place, Depth::Sizes).await;
        assert_eq!(kinds.iter().filter(|kind| **kind == ProblemKind::ObjectWithoutRow).count(), 2);
    }
}

#[tokio::test]
async fn a_seal_of_an_upload_says_what_came_and_never_passes_for_a_clips() {
    let new = NewUpload {
        id: id(),
        institution: id(),
        class: id(),
        session: None,
        claimed_start: at(0),
        name: "a.mp4".into(),
        metadata: String::new(),
        length: FILM.len() as u64,
        expires_at: at(0),
        created_at: at(0),
        created_by: id(),
    };
    let manifest = manifest(&new, FILM);
    let (seal, key) = (seal(&manifest), signing_key().public());
    let verdict = verify(FILM, seal.envelope.as_bytes(), &key).await.unwrap();
    assert_eq!(verdict, Verdict::Good(Sealed::Upload(Box::new(manifest))));
    let cut = verify(&FILM[..9], seal.envelope.as_bytes(), &key).await.unwrap();
    assert_eq!(cut, Verdict::Truncated { have: 9, want: FILM.len() as u64 });
    let passed_off = seal.envelope.replace("duxue.upload+json", "duxue.clip+json");
    assert_eq!(verify(FILM, passed_off.as_bytes(), &key).await.unwrap(), Verdict::BadSignature);

    // Nor in a package, whatever shelf it is put on.
    let packed = crate::packages::packed(&[("uploads/a.mp4", FILM, &seal.envelope)]);
    let report = verify_package(packed.path(), &key).unwrap();
    assert_eq!((report.good_clips, report.good_uploads, report.flaws.as_slice()), (0, 1, [].as_slice()));
    let packed = crate::packages::packed(&[("clips/a.mp4", FILM, &seal.envelope)]);
    let report = verify_package(packed.path(), &key).unwrap();
    assert!(matches!(report.flaws.as_slice(), [(path, Flaw::Clip(_))] if path == "clips/a.mp4"), "{report:?}");
}
