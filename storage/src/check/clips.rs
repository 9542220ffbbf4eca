//! Sealed clips against their objects and seals, and the pictures of findings.

use std::collections::HashSet;

use duxue_rules::ids::ClipId;

use super::{CheckError, CheckReport, Depth, ProblemKind};
use crate::{
    Objects, PublicKey, Result, Store,
    clip::{Clip, ClipFilter, ClipSeal, ClipState, ClipStateName, SealedClip},
    finding::FindingFilter,
    objects::{Lock, seal_key},
    seal::{Envelope, Manifest, Verdict},
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
            check_object(objects, clip, sealed, &seal, public, depth, report).await?;
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
        Ok(manifest) if fits(&manifest) => return,
        Ok(_) => ("其记录与签名的内容不一致".to_owned(), "its row differs from what was signed".to_owned()),
        Err(error) => ("签名无效".to_owned(), error.to_string()),
    };
    let (zh, en) = (format!("视频 {}：{}", clip.id, problem.0), format!("clip {}: {}", clip.id, problem.1));
    report.add(ProblemKind::SealBad, clip.id, zh, en);
}

async fn check_object(
    objects: &Objects,
    clip: &Clip,
    sealed: &SealedClip,
    seal: &ClipSeal,
    public: &PublicKey,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let (id, key) = (clip.id, &sealed.object_key);
    let Some(bytes) = objects.head(key).await? else {
        let en = format!("clip {id} is sealed, but its object {key} is gone");
        report.add(ProblemKind::ClipMissing, id, format!("视频 {id} 已封存，但其对象 {key} 不见了"), en);
        return Ok(());
    };
    let changed = if bytes != sealed.bytes {
        Some((
            format!("现为 {bytes} 字节，封存时为 {} 字节", sealed.bytes),
            format!("has {bytes} bytes, but had {} when sealed", sealed.bytes),
        ))
    } else if depth == Depth::Hashes {
        match objects.verify(key, seal.envelope.as_bytes(), public).await? {
            Verdict::Tampered { offset } => {
                let en = format!("was changed after sealing, within the piece that begins at byte {offset}");
                Some((format!("封存后被改动，位置在第 {offset} 字节起的分块内"), en))
            }
            Verdict::Truncated { have, want } => {
                Some((format!("只剩 {have} 字节，应为 {want}"), format!("has only {have} of {want} bytes")))
            }
            Verdict::Longer { want } => {
                Some((format!("长于封存时的 {want} 字节"), format!("is longer than the {want} bytes that were sealed")))
            }
            // Said by check_seal already.
            Verdict::Good(_) | Verdict::BadSignature | Verdict::Malformed { .. } => None,
        }
    } else {
        None
    };
    if let Some((zh, en)) = changed {
        report.add(ProblemKind::ClipChanged, id, format!("视频 {id} {zh}"), format!("clip {id} {en}"));
    }
    if !objects.exists(&seal_key(key)).await? {
        let en = format!("the copy of clip {id}'s seal beside it is missing; the database still has the seal");
        let zh = format!("视频 {id} 旁缺少封存文件的副本；数据库中仍有");
        report.add(ProblemKind::SealCopyMissing, id, zh, en);
    }
    if objects.lock(key).await? == Lock::Off {
        let en = format!(
            "the store would let clip {id} be deleted: turn on the bucket's object lock with a default retention of 3 years or more"
        );
        let zh = format!("存储服务不阻止删除视频 {id}：请为存储桶开启对象锁定，默认保留期至少 3 年");
        report.add(ProblemKind::ClipNotLocked, id, zh, en);
    }
    Ok(())
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
