//! What a side has of files, uploads and sealed clips.

use std::path::Path;

use duxue_rules::{
    ids::{ClassId, ClipId, SessionId},
    span::Span,
};
use duxue_storage::{
    Named, Objects, SigningKey, Tx,
    clip::{ClipSeal, NewClip, SealedClip},
    file::NewFile,
    objects::{clip_prefix, file_prefix, upload_prefix},
    policy::StoredPolicy,
    seal::{AuditAnchor, Envelope, FORMAT, Hash, Manifest, PolicyFacts, SessionFacts},
    upload::{NewUpload, Verdict},
};
use jiff::Timestamp;

use super::{CLIP, HALF, Kind, at, bytes, footage, id, span};

pub async fn papers(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects) {
    let institution = Some(id(Kind::Institution, side));
    let content = format!("%PDF-1.7 of {side}");
    let stored = objects.put_hashed(&file_prefix(institution), "pdf", content.as_bytes()).await.unwrap();
    let file = NewFile {
        id: id(Kind::File, side),
        institution,
        name: "许可证.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        created_at: now,
        created_by: id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9),
    };
    tx.add_file(&file).await.unwrap();
}

/// A video has come, and was found good.
pub async fn kept(tx: &mut Tx, side: u8, now: Timestamp, objects: &Objects, sign: &SigningKey) {
    let content = bytes(HALF);
    let upload =
        NewUpload { id: id(Kind::Kept, side), name: "下午.mp4".into(), length: HALF as u64, ..new_upload(side, now) };
    tx.add_upload(&upload).await.unwrap();
    tx.receive_upload(upload.id, now).await.unwrap();
    let prefix = upload_prefix(upload.institution, upload.id);
    let stored = objects.put_hashed(&prefix, "mp4", content.as_slice()).await.unwrap();
    let video = footage::video();
    let sha256 = stored.digests.sha256.to_string();
    let verdict = Verdict::Accepted { object: stored.key.clone(), sha256, video };
    tx.decide_upload(upload.id, &verdict, now).await.unwrap();
    footage::seal(tx, objects, sign, upload.id, stored).await;
    footage::looked_at(tx, objects, side, now).await;
}

/// Half of a video has come.
pub async fn upload(tx: &mut Tx, side: u8, now: Timestamp, recordings: &Path) {
    let upload = new_upload(side, now);
    tx.add_upload(&upload).await.unwrap();
    let spool = recordings.parent().unwrap().join("uploads");
    std::fs::create_dir_all(&spool).unwrap();
    std::fs::write(spool.join(upload.id.to_string()), bytes(HALF)).unwrap();
}

fn new_upload(side: u8, now: Timestamp) -> NewUpload {
    NewUpload {
        id: id(Kind::Upload, side),
        institution: id(Kind::Institution, side),
        class: id(Kind::Class, side),
        session: Some(id(Kind::Past, side)),
        claimed_start: at("2024-10-07T01:00:00Z"),
        name: "上午.mp4".into(),
        metadata: "filename 5LiK5Y2ILm1wNA==".into(),
        length: 2 * HALF as u64,
        expires_at: at("2024-10-15T00:00:00Z"),
        created_at: now,
        created_by: id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9),
    }
}

pub async fn evidence(
    tx: &mut Tx,
    side: u8,
    now: Timestamp,
    objects: &Objects,
    sign: &SigningKey,
    policy: &StoredPolicy,
) {
    let held = span("2024-10-07T01:00:00Z", "2024-10-07T04:00:00Z");
    let (class, camera, session) = (id(Kind::Class, side), id(Kind::Camera, side), id(Kind::Past, side));
    for kind in [Kind::Clip, Kind::Waiting] {
        let clip = NewClip {
            id: id(kind, side),
            class,
            session,
            camera,
            wanted: held,
            requested_by: None,
            requested_at: now,
            policy_version: policy.version,
        };
        tx.add_clip(&clip).await.unwrap();
    }
    let clip: ClipId = id(Kind::Clip, side);
    let content = bytes(CLIP + usize::from(side));
    let stored = objects.put_hashed(&clip_prefix(class, clip), "mp4", content.as_slice()).await.unwrap();
    let cut = span("2024-10-07T01:10:00Z", "2024-10-07T01:11:05Z");
    let mut manifest = manifest(clip, (class, session), side, (held, cut), policy);
    manifest.pin(stored.digests.clone());
    let signed = Envelope::sign(&manifest, sign);
    let sealed = SealedClip {
        span: cut,
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        sealed_at: now,
    };
    let seal = ClipSeal { manifest: signed.manifest, envelope: signed.envelope };
    tx.seal_clip(clip, &sealed, &seal).await.unwrap();
}

/// A clip's manifest, before its bytes are known.
pub fn manifest(
    clip: ClipId,
    (class, session): (ClassId, SessionId),
    side: u8,
    (held, cut): (Span, Span),
    policy: &StoredPolicy,
) -> Manifest {
    let named = |name: &str| name.to_owned();
    Manifest {
        format: FORMAT.into(),
        clip,
        institution: Named { id: id(Kind::Institution, side), name: named("学校") },
        class: Named { id: class, name: named("班") },
        session: SessionFacts { id: session, span: held },
        venue: Named { id: id(Kind::Venue, side), name: named("教室") },
        camera: Named { id: id(Kind::Camera, side), name: named("摄像头") },
        wanted: held,
        span: cut,
        gaps: vec![],
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: vec![],
        sources: vec![],
        policy: PolicyFacts {
            version: policy.version,
            label: policy.policy.label.clone(),
            clip_min_seconds: 60,
            clip_max_gap_ms: 2000,
        },
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        made_at: at("2024-10-08T00:00:00Z"),
        made_by: "duxue test".into(),
    }
}
