//! What becomes of a video that was handed in.

use duxue_rules::ids::UploadId;
use duxue_storage::{
    Objects, SigningKey, Tx,
    objects::{Stored, seal_key},
    seal::{AuditAnchor, Envelope, Hash, PolicyFacts, UPLOAD_FORMAT, UploadManifest},
    upload::{UploadState, Verdict},
    upload_seal::UploadSeal,
};

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
