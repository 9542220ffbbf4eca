//! The fsck: holds rows, files, objects, seals and the audit chain against each other.
//!
//! It only reads. It may run beside a working recorder: what looks wrong is looked at again before it is reported.

mod clips;
mod derived;
mod kept;
mod segments;
mod uploads;

use std::path::Path;

use duxue_rules::text::Text;

use crate::{Error, ObjectError, Objects, PublicKey, Result, Store, audit::BrokenLink};

/// How thorough to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Names, sizes, seals and the audit chain: seconds.
    Sizes,
    /// Every byte of every segment, clip, upload, picture and file as well: as long as reading it all takes.
    Hashes,
}

/// What was looked at and what is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReport {
    /// Segments whose file should be there.
    pub segments: u64,
    /// Sealed clips.
    pub clips: u64,
    /// Sealed uploads.
    pub uploads: u64,
    /// Pictures and traces of video, handed-in files, drawn signatures.
    pub pieces: u64,
    /// Audit entries that are sound, from the first on.
    pub audit_entries: i64,
    /// Everything that is wrong; empty when all is well.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What kind of wrong.
    pub kind: ProblemKind,
    /// The row, file or object: an identity, a path or a key.
    pub subject: String,
    /// The sentence for people.
    pub text: Text,
}

/// Kinds of wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The database's own check found damage.
    Database,
    /// A segment's file is gone.
    SegmentMissing,
    /// A segment's file is not as big, or not the same, as when it was recorded.
    SegmentChanged,
    /// A file of footage has no row.
    FileWithoutRow,
    /// A sealed clip's object is gone.
    ClipMissing,
    /// A sealed clip's object is not as it was sealed.
    ClipChanged,
    /// A sealed upload's object is gone.
    UploadMissing,
    /// A sealed upload's object is not as it was sealed.
    UploadChanged,
    /// The seal of a clip or an upload does not fit the public key or the row.
    SealBad,
    /// The copy of the seal beside the clip or the upload is gone.
    SealCopyMissing,
    /// The store does not keep a sealed clip or upload from being deleted.
    ClipNotLocked,
    /// An object among the clips or uploads belongs to no row.
    ObjectWithoutRow,
    /// A picture that shows a finding is gone.
    FrameMissing,
    /// A contact sheet, a thumbnail or a trace of a video is gone.
    ViewMissing,
    /// One of these is not as it was made.
    ViewChanged,
    /// A handed-in file or a drawn signature is gone.
    FileMissing,
    /// One of these is not as it came.
    FileChanged,
    /// The audit chain is broken.
    AuditBroken,
}

/// Why the check itself could not go on.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The database.
    #[error("the database could not be read")]
    Database(#[from] Error),
    /// The object store.
    #[error("the object store could not be read")]
    Objects(#[from] ObjectError),
    /// The recordings.
    #[error("the recordings could not be read")]
    Recordings(#[source] std::io::Error),
}

impl CheckReport {
    fn add(&mut self, kind: ProblemKind, subject: impl ToString, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(Problem { kind, subject: subject.to_string(), text: Text::new(zh, en) });
    }
}

/// Checks everything. `recordings` is the recordings directory.
///
/// # Errors
///
/// [`CheckError`] when something cannot be read at all; what is wrong is in the report.
pub async fn check(
    store: &Store,
    objects: &Objects,
    recordings: &Path,
    public: &PublicKey,
    depth: Depth,
) -> Result<CheckReport, CheckError> {
    let mut report = CheckReport::default();
    for damage in store.damage().await? {
        let en = format!("the database is damaged: {damage}; restore it from the last backup");
        report.add(ProblemKind::Database, "database", format!("数据库已损坏：{damage}；请用最近的备份恢复"), en);
    }
    segments::check(store, recordings, depth, &mut report).await?;
    clips::check(store, objects, public, depth, &mut report).await?;
    uploads::check(store, objects, public, depth, &mut report).await?;
    clips::check_frames(store, objects, &mut report).await?;
    derived::check(store, objects, depth, &mut report).await?;
    audit(store, public, &mut report).await?;
    Ok(report)
}

async fn audit(store: &Store, public: &PublicKey, report: &mut CheckReport) -> Result<(), CheckError> {
    let mut tx = store.read().await?;
    let anchors = tx.audit_anchors().await?;
    let roots = tx.audit_roots(public).await?;
    let chain = tx.verify_audit(&anchors, &roots).await?;
    report.audit_entries = chain.entries;
    if let Some(broken) = chain.broken {
        let seq = broken.seq;
        let (zh, en) = match broken.what {
            BrokenLink::Missing => ("缺失", "is missing"),
            BrokenLink::Rewritten => ("内容被改动", "was rewritten"),
            BrokenLink::Unlinked => ("与前一条不衔接", "does not follow on the one before"),
            BrokenLink::NotAsSealed => ("与封存文件中记载的不符", "is not the one that a seal remembers"),
            BrokenLink::NotAsSigned => ("与已签名的日志检查点不符", "is not the one that a signed checkpoint tells of"),
            BrokenLink::Beyond => ("超出审计链末端", "lies beyond the recorded end"),
        };
        let en = format!("audit entry {seq} {en}: nothing from there on can be relied on");
        report.add(ProblemKind::AuditBroken, seq, format!("审计记录第 {seq} 条{zh}：此后的记录不可信"), en);
    }
    Ok(())
}
