//! Sealed clips against their objects and seals, and the pictures of findings.

use std::collections::HashSet;

use duxue_rules::ids::ClipId;

use super::{
    CheckError, CheckReport, Depth, ProblemKind,
    kept::{self, Kept},
};
use crate::{
    Objects, PublicKey, Result, Store,
    clip::{Clip, ClipFilter, ClipSeal, ClipState, ClipStateName, SealedClip},
    finding::FindingFilter,
    objects::seal_key,
    seal::{Envelope, Manifest, Sealed},
};

const STRIDE: u32 = 100;

pub(super) async fn check(
    store: &Store,
    objects: &Objects,
    public: &PublicKey,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let stored = objects.list("clips").await?;
    let mut ours = HashSet::new();
    let filter = ClipFilter { state: Some(ClipStateName::Sealed), ..ClipFilter::default() };
    let mut after = None;
    loop {
        let clips = store.read().await?.clips(filter, after, STRIDE).await?;
        let Some(last) = clips.last() else { break };
        after = Some(last.id);
        for clip in &clips {
            let ClipState::Sealed(sealed) = &clip.state else { continue };
            let Some(seal) = store.read().await?.clip_seal(clip.id).await? else { continue };
            report.clips += 1;
            ours.insert(sealed.object_key.clone());
            ours.insert(seal_key(&sealed.object_key));
            check_seal(clip, sealed, &seal, public, report);
            let kept = Kept {
                noun: ("视频", "clip"),
                id: clip.id.to_string(),
                key: &sealed.object_key,
                bytes: sealed.bytes,
                envelope: &seal.envelope,
                gone: ProblemKind::ClipMissing,
                changed: ProblemKind::ClipChanged,
            };
            kept::check(objects, &kept, public, depth, report).await?;
        }
    }
    for (key, _) in stored {
        if ours.contains(&key) || is_being_made(store, &key).await? {
            continue;
        }
        let en = format!("the object {key} belongs to no sealed clip: an interrupted sealing may have left it");
        let zh = format!("对象 {key} 不属于任何已封存的视频：可能是封存中断所留");
        report.add(ProblemKind::ObjectWithoutRow, key, zh, en);
    }
    Ok(())
}

/// The row and the signed manifest say the same.
fn check_seal(clip: &Clip, sealed: &SealedClip, seal: &ClipSeal, public: &PublicKey, report: &mut CheckReport) {
    let fits = |manifest: &Manifest| {
        manifest.clip == clip.id
            && manifest.span == sealed.span
            && manifest.bytes == sealed.bytes
            && manifest.sha256.0 == sealed.sha256
            && serde_json::from_str::<Manifest>(&seal.manifest).is_ok_and(|stored| stored == *manifest)
    };
    let problem = match Envelope::open(seal.envelope.as_bytes(), public) {
        Ok(Sealed::Clip(manifest)) if fits(&manifest) => return,
        Ok(_) => ("其记录与签名的内容不一致".to_owned(), "its row differs from what was signed".to_owned()),
        Err(error) => ("签名无效".to_owned(), error.to_string()),
    };
    let (zh, en) = (format!("视频 {}：{}", clip.id, problem.0), format!("clip {}: {}", clip.id, problem.1));
    report.add(ProblemKind::SealBad, clip.id, zh, en);
}

/// Whether the clip that an object is named for is only now being sealed, or was while we looked.
async fn is_being_made(store: &Store, key: &str) -> Result<bool, CheckError> {
    let id = key.split('/').nth(2).and_then(|id| id.parse::<ClipId>().ok());
    let Some(id) = id else { return Ok(false) };
    let clip = store.read().await?.clip(id).await?;
    Ok(clip.is_some_and(|clip| match &clip.state {
        ClipState::Requested => true,
        ClipState::Sealed(sealed) => key.starts_with(&sealed.object_key),
        ClipState::Failed(_) => false,
    }))
}

pub(super) async fn check_frames(store: &Store, objects: &Objects, report: &mut CheckReport) -> Result<(), CheckError> {
    let mut after = None;
    loop {
        let findings = store.read().await?.findings(FindingFilter::default(), after, STRIDE).await?;
        let Some(last) = findings.last() else { return Ok(()) };
        after = Some(last.id);
        for finding in &findings {
            for frame in &finding.frames {
                if objects.exists(&frame.object).await? {
                    continue;
                }
                let (id, key) = (finding.id, &frame.object);
                let en = format!("the picture {key}, which shows finding {id}, is gone");
                report.add(ProblemKind::FrameMissing, key, format!("疑点 {id} 的画面 {key} 不见了"), en);
            }
        }
    }
}
