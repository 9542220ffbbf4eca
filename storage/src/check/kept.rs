//! The object of something sealed, and the copy of its seal beside it.

use super::{CheckError, CheckReport, Depth, ProblemKind};
use crate::{
    Objects, PublicKey,
    objects::{Lock, seal_key},
    seal::Verdict,
};

/// Something sealed, as far as the object store goes.
pub(super) struct Kept<'a> {
    /// What it is called, for people: Chinese and English.
    pub noun: (&'static str, &'static str),
    pub id: String,
    pub key: &'a str,
    /// Its size when it was sealed.
    pub bytes: u64,
    pub envelope: &'a str,
    /// What it is when the object is gone, and when it is another.
    pub gone: ProblemKind,
    pub changed: ProblemKind,
}

pub(super) async fn check(
    objects: &Objects,
    kept: &Kept<'_>,
    public: &PublicKey,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let Kept { noun: (noun_zh, noun_en), id, key, bytes: sealed_bytes, envelope, gone, changed } = kept;
    let Some(bytes) = objects.head(key).await? else {
        let en = format!("{noun_en} {id} is sealed, but its object {key} is gone");
        report.add(*gone, id, format!("{noun_zh} {id} 已封存，但其对象 {key} 不见了"), en);
        return Ok(());
    };
    let difference = if bytes != *sealed_bytes {
        Some((
            format!("现为 {bytes} 字节，封存时为 {sealed_bytes} 字节"),
            format!("has {bytes} bytes, but had {sealed_bytes} when sealed"),
        ))
    } else if depth == Depth::Hashes {
        match objects.verify(key, envelope.as_bytes(), public).await? {
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
            // Said of the seal itself already.
            Verdict::Good(_) | Verdict::BadSignature | Verdict::Malformed { .. } => None,
        }
    } else {
        None
    };
    if let Some((zh, en)) = difference {
        report.add(*changed, id, format!("{noun_zh} {id} {zh}"), format!("{noun_en} {id} {en}"));
    }
    if !objects.exists(&seal_key(key)).await? {
        let en = format!("the copy of {noun_en} {id}'s seal beside it is missing; the database still has the seal");
        let zh = format!("{noun_zh} {id} 旁缺少封存文件的副本；数据库中仍有");
        report.add(ProblemKind::SealCopyMissing, id, zh, en);
    }
    if objects.lock(key).await? == Lock::Off {
        let en = format!(
            "the store would let {noun_en} {id} be deleted: turn on the bucket's object lock with a default retention of 3 years or more"
        );
        let zh = format!("存储服务不阻止删除{noun_zh} {id}：请为存储桶开启对象锁定，默认保留期至少 3 年");
        report.add(ProblemKind::ClipNotLocked, id, zh, en);
    }
    Ok(())
}
