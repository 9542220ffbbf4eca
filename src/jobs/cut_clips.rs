//! Cuts the clips that were asked for, checks, stores and seals them.
//!
//! Everything before the last step can be done again: a crash leaves a temporary file, or an object that the next try
//! finds there. Row and audit entry are written together, once object and seal are safe.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use duxue_ingest::clip::{self, CutReport};
use duxue_rules::{Text, evidence, policy::Policy, span::Span};
use duxue_storage::{
    Named, audit,
    clip::{Clip, ClipSeal, SealedClip},
    objects,
    seal::{AuditAnchor, Envelope, FORMAT, Hash, Manifest, PolicyFacts, SessionFacts, Source},
    segment::Segment,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{Parts, reconcile};

const PERIOD: Duration = Duration::from_secs(10);
/// After the session's end the last segments still come in; only then is it known that no clip can be had.
const GRACE: SignedDuration = SignedDuration::from_mins(3);

/// Runs until `stop`; a clip that is being cut is finished.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let poke = parts.pokes.clips.clone();
    reconcile(&stop, &poke, PERIOD, || cut_all(&parts, &stop)).await;
}

async fn cut_all(parts: &Parts, stop: &CancellationToken) -> Result<()> {
    let clips = parts.store.read().await?.requested_clips().await?;
    let mut failed = None;
    for asked in clips {
        if stop.is_cancelled() {
            break;
        }
        // One clip that cannot be cut does not hold up the others.
        if let Err(error) = serve(parts, &asked).await {
            warn!(clip.id = %asked.id, "{error:#}");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn serve(parts: &Parts, asked: &Clip) -> Result<()> {
    let now = (parts.clock)();
    let mut tx = parts.store.read().await?;
    let stored = tx.policy(asked.policy.version).await?.context("its policy is gone")?;
    let (recorded, _) = tx.coverage_in(asked.camera.id, asked.wanted).await?;
    match evidence::clip_span(&recorded, asked.wanted, &stored.policy) {
        Ok(span) => {
            let segments = tx.segments_in(asked.camera.id, span).await?;
            drop(tx);
            cut(parts, asked, span, &segments, &stored.policy).await
        }
        Err(refusal) if now >= asked.wanted.end() + GRACE => {
            drop(tx);
            fail(parts, asked, &refusal.text()).await
        }
        Err(_) => Ok(()),
    }
}

async fn cut(parts: &Parts, asked: &Clip, span: Span, segments: &[Segment], policy: &Policy) -> Result<()> {
    let sources: Vec<&Segment> = segments.iter().filter(|segment| segment.pruned_at.is_none()).collect();
    let folder = parts.config.data_dir.join("cutting");
    let file = Scratch(folder.join(format!("{}.mp4", asked.id)));
    let report = cut_and_check(&folder, &file.0, span, &sources, parts).await?;
    let shown = Span::new(report.start, report.end)?;
    if shown.duration().as_secs() < i64::from(policy.clip_min_seconds) {
        bail!("the cut shows only {} s; it will be tried again with more footage", shown.duration().as_secs());
    }

    seal(parts, asked, shown, &report.gaps, &sources, policy, &file.0).await
}

/// Stores and seals what was cut into `file`.
pub(crate) async fn seal(
    parts: &Parts,
    asked: &Clip,
    shown: Span,
    gaps: &[Span],
    sources: &[&Segment],
    policy: &Policy,
    file: &Path,
) -> Result<()> {
    let source = tokio::fs::File::open(file).await?;
    let stored = parts.objects.put_hashed(&objects::clip_prefix(asked.class.id, asked.id), "mp4", source).await?;

    let made_at = (parts.clock)();
    let mut manifest = manifest(parts, asked, gaps, shown, sources, policy, made_at).await?;
    manifest.pin(stored.digests.clone());
    let signed = Envelope::sign(&manifest, &parts.signing);
    parts.objects.put_small(&objects::seal_key(&stored.key), signed.envelope.clone()).await?;

    let mut tx = parts.store.begin().await?;
    let sealed = SealedClip {
        span: shown,
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        sealed_at: made_at,
    };
    tx.seal_clip(asked.id, &sealed, &ClipSeal { manifest: signed.manifest, envelope: signed.envelope }).await?;
    tx.audit(audit::Entry {
        at: made_at,
        actor: None,
        action: "seal_clip".into(),
        subject_kind: "clip".into(),
        subject_id: asked.id.to_string(),
        detail: json!({ "sha256": stored.digests.sha256.to_string(), "bytes": sealed.bytes, "span": shown }),
    });
    tx.commit().await?;
    info!(clip.id = %asked.id, size_bytes = sealed.bytes, "sealed a clip");
    Ok(())
}

async fn cut_and_check(
    folder: &Path,
    out: &Path,
    span: Span,
    sources: &[&Segment],
    parts: &Parts,
) -> Result<CutReport> {
    tokio::fs::create_dir_all(folder).await?;
    let recordings = parts.config.recordings_dir();
    let paths: Vec<PathBuf> = sources.iter().map(|segment| recordings.join(&segment.path)).collect();
    let out = out.to_path_buf();
    tokio::task::spawn_blocking(move || {
        let report = clip::cut(&paths, span, &out)?;
        let check = clip::check(&out)?;
        if !check.is_good() {
            bail!("{} of {} pictures of the cut could not be decoded", check.corrupt, check.samples);
        }
        Ok(report)
    })
    .await?
}

async fn manifest(
    parts: &Parts,
    asked: &Clip,
    gaps: &[Span],
    shown: Span,
    sources: &[&Segment],
    policy: &Policy,
    made_at: Timestamp,
) -> Result<Manifest> {
    let mut tx = parts.store.read().await?;
    let session = tx.session(asked.session).await?.context("its session is gone")?;
    let institution = tx.institution(asked.institution).await?.context("its institution is gone")?;
    let head = tx.audit_head().await?;
    Ok(Manifest {
        format: FORMAT.to_owned(),
        clip: asked.id,
        institution: Named { id: institution.id, name: institution.name },
        class: asked.class.clone(),
        session: SessionFacts { id: session.id, span: session.span },
        venue: session.venue,
        camera: asked.camera.clone(),
        wanted: asked.wanted,
        span: shown,
        gaps: gaps.to_vec(),
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: Vec::new(),
        sources: sources.iter().map(|s| Source { segment: s.id, sha256: Hash(s.sha256) }).collect(),
        policy: PolicyFacts {
            version: asked.policy.version,
            label: policy.label.clone(),
            clip_min_seconds: policy.clip_min_seconds,
            clip_max_gap_ms: policy.clip_max_gap_ms,
        },
        audit: AuditAnchor { seq: head.seq, hash: Hash(head.hash) },
        made_at,
        made_by: concat!("duxue ", env!("CARGO_PKG_VERSION")).to_owned(),
    })
}

pub(crate) async fn fail(parts: &Parts, asked: &Clip, why: &Text) -> Result<()> {
    let now = (parts.clock)();
    let mut tx = parts.store.begin().await?;
    tx.fail_clip(asked.id, why).await?;
    tx.audit(audit::Entry {
        at: now,
        actor: None,
        action: "fail_clip".into(),
        subject_kind: "clip".into(),
        subject_id: asked.id.to_string(),
        detail: json!({ "why": why.en }),
    });
    Ok(tx.commit().await?)
}

/// A file that goes when the work on it ends, however it ends.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // A leftover is harmless: the next try overwrites it.
        let _ = std::fs::remove_file(&self.0);
    }
}
