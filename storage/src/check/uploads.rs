//! Sealed uploads against their objects and seals.

use std::collections::HashSet;

use duxue_rules::ids::UploadId;

use super::{
    CheckError, CheckReport, Depth, ProblemKind,
    kept::{self, Kept},
};
use crate::{
    Objects, PublicKey, Store,
    objects::seal_key,
    seal::{Envelope, Sealed, UploadManifest},
    upload::{Upload, UploadState, Verdict},
    upload_seal::UploadSeal,
};

const STRIDE: u32 = 100;
const NOUN: (&str, &str) = ("机构视频", "upload");

pub(super) async fn check(
    store: &Store,
    objects: &Objects,
    public: &PublicKey,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let stored = objects.list("uploads").await?;
    let mut ours = HashSet::new();
    let mut after = None;
    loop {
        let page = store.read().await?.sealed_uploads(None, after, STRIDE).await?;
        let Some(&last) = page.last() else { break };
        after = Some(last);
        for id in page {
            let mut tx = store.read().await?;
            let (upload, seal) = (tx.upload(id).await?, tx.upload_seal(id).await?);
            drop(tx);
            let (Some(upload), Some(seal)) = (upload, seal) else { continue };
            let Some(key) = upload.object_key() else { continue };
            report.uploads += 1;
            ours.insert(key.to_owned());
            ours.insert(seal_key(key));
            check_seal(&upload, &seal, public, report);
            let kept = Kept {
                noun: NOUN,
                id: id.to_string(),
                key,
                bytes: upload.length,
                envelope: &seal.envelope,
                gone: ProblemKind::UploadMissing,
                changed: ProblemKind::UploadChanged,
            };
            kept::check(objects, &kept, public, depth, report).await?;
        }
    }
    for (key, _) in stored {
        if ours.contains(&key) || is_being_made(store, &key).await? {
            continue;
        }
        let en = format!("the object {key} belongs to no upload that is kept: an interrupted check may have left it");
        let zh = format!("对象 {key} 不属于任何已留存的机构视频：可能是检查中断所留");
        report.add(ProblemKind::ObjectWithoutRow, key, zh, en);
    }
    Ok(())
}

/// The row and the signed manifest say the same.
fn check_seal(upload: &Upload, seal: &UploadSeal, public: &PublicKey, report: &mut CheckReport) {
    let UploadState::Checked { verdict: Verdict::Accepted { sha256, video, .. }, .. } = &upload.state else { return };
    let fits = |manifest: &UploadManifest| {
        manifest.upload == upload.id
            && manifest.institution.id == upload.institution.id
            && manifest.class.id == upload.class.id
            && manifest.claimed_start == upload.claimed_start
            && manifest.bytes == upload.length
            && manifest.sha256.to_string() == *sha256
            && manifest.video == *video
            // The database keeps microseconds.
            && manifest.made_at.as_microsecond() == seal.sealed_at.as_microsecond()
            && serde_json::from_str::<UploadManifest>(&seal.manifest).is_ok_and(|stored| stored == *manifest)
    };
    let problem = match Envelope::open(seal.envelope.as_bytes(), public) {
        Ok(Sealed::Upload(manifest)) if fits(&manifest) => return,
        Ok(_) => ("其记录与签名的内容不一致".to_owned(), "its row differs from what was signed".to_owned()),
        Err(error) => ("签名无效".to_owned(), error.to_string()),
    };
    let ((zh, en), id) = (NOUN, upload.id);
    report.add(ProblemKind::SealBad, id, format!("{zh} {id}：{}", problem.0), format!("{en} {id}: {}", problem.1));
}

/// Whether the upload that an object is named for is only now being decided, or will be sealed yet.
async fn is_being_made(store: &Store, key: &str) -> Result<bool, CheckError> {
    let id = key.split('/').nth(2).and_then(|id| id.parse::<UploadId>().ok());
    let Some(id) = id else { return Ok(false) };
    let upload = store.read().await?.upload(id).await?;
    Ok(upload.is_some_and(|upload| {
        matches!(upload.state, UploadState::Received { .. })
            || upload.object_key().is_some_and(|kept| key.starts_with(kept))
    }))
}
