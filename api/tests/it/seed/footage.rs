//! What becomes of a video that was handed in.

use duxue_rules::{
    ids::UploadId,
    upload::{Likeness, VideoFacts},
};
use duxue_storage::{
    Objects, SigningKey, Tx,
    likeness::{NewLikeness, Other, UploadView},
    objects::{Stored, seal_key},
    seal::{AuditAnchor, Envelope, Hash, PolicyFacts, UPLOAD_FORMAT, UploadManifest},
    upload::{UploadState, Verdict},
    upload_seal::UploadSeal,
};
use jiff::Timestamp;

use super::{Kind, id};

/// What was measured of a video of 25 minutes.
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

/// Pictures were made of the kept video, and it was found to be like a clip of ours.
pub async fn looked_at(tx: &mut Tx, objects: &Objects, side: u8, now: Timestamp) {
    let upload = id(Kind::Kept, side);
    let picture = |name: &str| format!("views/uploads/{side}/{name}.jpg");
    for name in ["sheet", "thumbnail"] {
        objects.put_small(&picture(name), [&[0xff, 0xd8], name.as_bytes(), &[0xff, 0xd9]].concat()).await.unwrap();
    }
    let view = UploadView {
        upload,
        sha256: "ab".repeat(32),
        sheet: Some(picture("sheet")),
        thumbnail: Some(picture("thumbnail")),
        trace: None,
        made_at: now,
    };
    tx.add_upload_view(&view).await.unwrap();
    let likeness = Likeness { span: (0, 90), other_span: (30, 120), mirrored: true, alike: 0.8, same_file: false };
    let other = Other::Clip(id(Kind::Clip, side));
    let new = NewLikeness { id: id(Kind::Likeness, side), upload, other, likeness, raised_at: now };
    tx.add_likeness(&new).await.unwrap();
}

/// Seals an accepted upload.
pub async fn seal(tx: &mut Tx, objects: &Objects, sign: &SigningKey, id: UploadId, stored: Stored) {
    let upload = tx.upload(id).await.unwrap().unwrap();
    let UploadState::Checked { at, verdict: Verdict::Accepted { video, .. } } = upload.state else {
        panic!("it was accepted")
    };
    let mut manifest = UploadManifest {
        format: UPLOAD_FORMAT.into(),
        upload: id,
        institution: upload.institution,
        handed_in_by: upload.created_by,
        received_at: at,
        name: upload.name,
        class: upload.class,
        session: None,
        claimed_start: upload.claimed_start,
        video,
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: vec![],
        policy: PolicyFacts { version: 1, label: String::new(), clip_min_seconds: 1200, clip_max_gap_ms: 2000 },
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        made_at: at,
        made_by: "duxue test".into(),
    };
    manifest.pin(stored.digests);
    let signed = Envelope::sign_upload(&manifest, sign);
    objects.put_small(&seal_key(&stored.key), signed.envelope.clone()).await.unwrap();
    let seal = UploadSeal { manifest: signed.manifest, envelope: signed.envelope, sealed_at: at };
    tx.seal_upload(id, &seal).await.unwrap();
}
