//! Looks at what was sealed: makes contact sheet, thumbnail and trace of each upload, and a trace of each clip once
//! somebody hands in video at all (unless `[uploads] trace_clips` is off); holds every new trace against all there are, and writes down what shows the same (R9.1).
//!
//! One video after the other, out of the object store, so that what was sealed before this existed is looked at as well.
//! A likeness is for a person to decide; nothing here refuses anything.

mod pictures;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use duxue_analytics::footage::{Limits, Match, Trace, compare};
use duxue_rules::{
    ids::{ClipId, UploadId},
    upload::Likeness,
};
use duxue_storage::{
    Error, ObjectError, Objects, audit,
    likeness::{NewLikeness, Other, Traced, UploadView},
    objects,
    upload::{UploadState, Verdict},
};
use futures::TryStreamExt;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::{Parts, reconcile};
use crate::ids::new_id;

const PERIOD: Duration = Duration::from_secs(10);

/// Runs until `stop`; the video that is being looked at is finished first.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    reconcile(&stop, &never, PERIOD, || look_at_all(&parts, &stop)).await;
}

async fn look_at_all(parts: &Parts, stop: &CancellationToken) -> Result<()> {
    while !stop.is_cancelled() {
        let mut tx = parts.store.read().await?;
        let upload = tx.unviewed_upload().await?;
        let clip = if parts.config.uploads.trace_clips { tx.untraced_clip().await? } else { None };
        drop(tx);
        match (upload, clip) {
            (Some(upload), _) => look_at_upload(parts, upload).await.with_context(|| format!("upload {upload}"))?,
            (None, Some(clip)) => look_at_clip(parts, clip).await.with_context(|| format!("clip {clip}"))?,
            (None, None) => break,
        }
    }
    Ok(())
}

async fn look_at_upload(parts: &Parts, id: UploadId) -> Result<()> {
    let upload = parts.store.read().await?.upload(id).await?.context("it is gone")?;
    let UploadState::Checked { verdict: Verdict::Accepted { object, sha256, video }, .. } = &upload.state else {
        return Ok(());
    };
    let (looks, trace) = match fetched(parts, object).await? {
        Some(file) => (
            pictures::looks(&parts.config.uploads, &file.0, video.duration_ms).await?,
            pictures::trace(&parts.config.uploads, &file.0).await?,
        ),
        None => (pictures::Looks { sheet: None, thumbnail: None }, None),
    };
    let place = objects::upload_view_prefix(upload.institution.id, id);
    let view = UploadView {
        upload: id,
        sha256: sha256.clone(),
        sheet: kept(&parts.objects, &place, "jpg", looks.sheet).await?,
        thumbnail: kept(&parts.objects, &place, "jpg", looks.thumbnail).await?,
        trace: kept(&parts.objects, &place, "trace", trace.as_ref().map(Trace::to_bytes)).await?,
        made_at: (parts.clock)(),
    };
    let others = parts.store.read().await?.traces().await?;
    let mut found = Vec::new();
    for Traced { of, trace: key, sha256: other_sum } in others {
        let same_file = other_sum.as_ref() == Some(sha256);
        let alike = match (&trace, key) {
            (Some(trace), Some(key)) => held_against(&parts.objects, trace, &key).await?,
            _ => None,
        };
        found.extend(likeness(alike, same_file, video.duration_ms).map(|likeness| (id, of, likeness)));
    }
    let mut tx = parts.store.begin().await?;
    match tx.add_upload_view(&view).await {
        Err(Error::Lost { .. }) => return Ok(()),
        added => added?,
    }
    write_down(parts, &mut tx, found).await?;
    tx.commit().await?;
    info!(upload.id = %id, "traced an upload");
    Ok(())
}

async fn look_at_clip(parts: &Parts, id: ClipId) -> Result<()> {
    let clip = parts.store.read().await?.clip(id).await?.context("it is gone")?;
    let Some(sealed) = clip.sealed() else { return Ok(()) };
    let trace = match fetched(parts, &sealed.object_key).await? {
        Some(file) => pictures::trace(&parts.config.uploads, &file.0).await?,
        None => None,
    };
    let place = objects::clip_view_prefix(clip.class.id, id);
    let key = kept(&parts.objects, &place, "trace", trace.as_ref().map(Trace::to_bytes)).await?;
    let uploads = parts.store.read().await?.traces().await?;
    let mut found = Vec::new();
    for Traced { of, trace: other, .. } in uploads {
        let (Other::Upload(upload), Some(trace), Some(other)) = (of, &trace, other) else { continue };
        let alike = held_against(&parts.objects, trace, &other).await?.map(|found| Match {
            first: found.second,
            second: found.first,
            ..found
        });
        found.extend(likeness(alike, false, 0).map(|likeness| (upload, Other::Clip(id), likeness)));
    }
    let mut tx = parts.store.begin().await?;
    match tx.add_clip_trace(id, key.as_deref(), (parts.clock)()).await {
        Err(Error::Lost { .. }) => return Ok(()),
        added => added?,
    }
    write_down(parts, &mut tx, found).await?;
    tx.commit().await?;
    info!(clip.id = %id, "traced a clip");
    Ok(())
}

/// The stretch that a stored trace shares with this one.
async fn held_against(objects: &Objects, trace: &Trace, key: &str) -> Result<Option<Match>> {
    let bytes = objects.get_small(key).await?;
    let (trace, other) = (trace.clone(), Trace::from_bytes(&bytes).context("a stored trace is none")?);
    Ok(tokio::task::spawn_blocking(move || compare(&trace, &other, &Limits::default())).await?)
}

/// What is written down of a likeness; the same file is the same footage, also where nothing moves in it.
fn likeness(found: Option<Match>, same_file: bool, duration_ms: u64) -> Option<Likeness> {
    let whole = (0, u32::try_from(duration_ms / 1000).unwrap_or(u32::MAX));
    match found {
        _ if same_file => {
            Some(Likeness { span: whole, other_span: whole, mirrored: false, alike: 1.0, same_file: true })
        }
        Some(Match { first, second, mirrored, alike }) => {
            Some(Likeness { span: first, other_span: second, mirrored, alike, same_file: false })
        }
        None => None,
    }
}

async fn write_down(parts: &Parts, tx: &mut duxue_storage::Tx, found: Vec<(UploadId, Other, Likeness)>) -> Result<()> {
    let now = (parts.clock)();
    for (upload, other, likeness) in found {
        let id = new_id(now);
        tx.add_likeness(&NewLikeness { id, upload, other, likeness, raised_at: now }).await?;
        tx.audit(audit::Entry {
            at: now,
            actor: None,
            action: "raise_likeness".into(),
            subject_kind: "likeness".into(),
            subject_id: id.to_string(),
            detail: json!({ "upload": upload, "other": other.to_string() }),
        });
    }
    Ok(())
}

async fn kept(objects: &Objects, place: &str, ending: &str, content: Option<Vec<u8>>) -> Result<Option<String>> {
    let Some(content) = content else { return Ok(None) };
    Ok(Some(objects.put_hashed(place, ending, content.as_slice()).await?.key))
}

/// An object as a file of its own, for programs that read files; gone when the work on it ends. `None` where the object is
/// gone: `duxue check` tells of it, and nothing can be made of it.
async fn fetched(parts: &Parts, key: &str) -> Result<Option<Scratch>> {
    let folder = parts.config.data_dir.join("tracing");
    tokio::fs::create_dir_all(&folder).await?;
    let scratch = Scratch(folder.join(key.replace('/', "-")));
    let mut bytes = match parts.objects.get(key).await {
        Ok((_, bytes)) => bytes,
        Err(ObjectError::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut file = tokio::fs::File::create(&scratch.0).await?;
    while let Some(part) = bytes.try_next().await? {
        file.write_all(&part).await?;
    }
    file.flush().await?;
    Ok(Some(scratch))
}

struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // A leftover is harmless: the next try overwrites it.
        let _ = std::fs::remove_file(&self.0);
    }
}
