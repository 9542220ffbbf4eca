//! Seals what was accepted (R9.3): the manifest is made and signed, and lies beside the video before any row tells of it.

use anyhow::{Context, Result, bail};
use duxue_rules::{ids::UploadId, upload::VideoFacts};
use duxue_storage::{
    Error, audit, objects,
    policy::StoredPolicy,
    seal::{AuditAnchor, Digests, Envelope, Hash, PolicyFacts, SessionFacts, UPLOAD_FORMAT, UploadManifest},
    upload::{Upload, UploadState, Verdict},
    upload_seal::UploadSeal,
};
use jiff::Timestamp;
use serde_json::json;
use tracing::{info, warn};

use crate::jobs::Parts;

/// Those that are sealed later in one round.
const PAGE: u32 = 50;

/// Makes the seal of a video whose object is stored at `key`.
pub(super) async fn sign(
    parts: &Parts,
    in_force: &StoredPolicy,
    upload: &Upload,
    received_at: Timestamp,
    key: &str,
    (video, digests): (&VideoFacts, Digests),
) -> Result<UploadSeal> {
    let made_at = (parts.clock)();
    let mut tx = parts.store.read().await?;
    let session = match upload.session {
        Some(session) => tx.session(session).await?.map(|session| SessionFacts { id: session.id, span: session.span }),
        None => None,
    };
    let head = tx.audit_head().await?;
    drop(tx);
    let policy = &in_force.policy;
    let mut manifest = UploadManifest {
        format: UPLOAD_FORMAT.to_owned(),
        upload: upload.id,
        institution: upload.institution.clone(),
        handed_in_by: upload.created_by.clone(),
        received_at,
        name: upload.name.clone(),
        class: upload.class.clone(),
        session,
        claimed_start: upload.claimed_start,
        video: video.clone(),
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: Vec::new(),
        policy: PolicyFacts {
            version: in_force.version,
            label: policy.label.clone(),
            clip_min_seconds: policy.clip_min_seconds,
            clip_max_gap_ms: policy.clip_max_gap_ms,
        },
        audit: AuditAnchor { seq: head.seq, hash: Hash(head.hash) },
        made_at,
        made_by: concat!("duxue ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    manifest.pin(digests);
    let signed = Envelope::sign_upload(&manifest, &parts.signing);
    parts.objects.put_small(&objects::seal_key(key), signed.envelope.clone()).await?;
    Ok(UploadSeal { manifest: signed.manifest, envelope: signed.envelope, sealed_at: made_at })
}

/// The entry that goes with a seal's row.
pub(super) fn entry(upload: &Upload, seal: &UploadSeal, sha256: &str) -> audit::Entry {
    audit::Entry {
        at: seal.sealed_at,
        actor: None,
        action: "seal_upload".into(),
        subject_kind: "upload".into(),
        subject_id: upload.id.to_string(),
        detail: json!({ "sha256": sha256, "bytes": upload.length }),
    }
}

/// Seals what was accepted before there were seals.
pub(super) async fn seal_the_old(parts: &Parts) -> Result<()> {
    let unsealed = parts.store.read().await?.unsealed_uploads(PAGE).await?;
    let mut failed = None;
    for id in unsealed {
        // One whose object is gone does not hold up the others; `duxue check` tells of it.
        if let Err(error) = seal_old(parts, id).await {
            warn!(upload.id = %id, "{error:#}");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn seal_old(parts: &Parts, id: UploadId) -> Result<()> {
    let upload = parts.store.read().await?.upload(id).await?.context("it is gone")?;
    let UploadState::Checked { at, verdict: Verdict::Accepted { object, sha256, video } } = &upload.state else {
        return Ok(());
    };
    let digests = parts.objects.digests(object).await?;
    if digests.sha256.to_string() != *sha256 {
        bail!("its object is not as it was accepted: it is not sealed");
    }
    // When it had come was not kept apart from when it was accepted, once that was decided.
    let in_force = parts.in_force.now().policy;
    let seal = sign(parts, &in_force, &upload, *at, object, (video, digests)).await?;
    let mut tx = parts.store.begin().await?;
    match tx.seal_upload(id, &seal).await {
        Err(Error::Lost { .. }) => return Ok(()),
        sealed => sealed?,
    }
    tx.audit(entry(&upload, &seal, sha256));
    tx.commit().await?;
    info!(upload.id = %id, "sealed an upload");
    Ok(())
}
