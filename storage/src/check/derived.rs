//! What hangs on records besides footage: contact sheets, thumbnails and traces of video, handed-in files, drawn signatures.
//! Every one of these objects is named for its content, so that its name tells whether it was changed.

use std::collections::HashSet;

use duxue_rules::ids::{ClipId, UploadId};

use super::{CheckError, CheckReport, Depth, ProblemKind};
use crate::{
    Objects, Result, Store, Tx,
    row::{FromRow, Row},
    value::args,
};

const STRIDE: u32 = 200;

/// A kind of such objects: what it is called, and where its rows are found after one, in order.
struct Kind {
    noun: (&'static str, &'static str),
    rows: &'static str,
    gone: ProblemKind,
    changed: ProblemKind,
}

const KINDS: [Kind; 4] = [
    Kind {
        noun: ("机构视频的图片或比对数据", "a picture or the trace of upload"),
        rows: "SELECT upload_id AS id, sheet AS first, thumbnail AS second, trace AS third FROM upload_views
               WHERE upload_id > COALESCE($1, '') ORDER BY upload_id LIMIT $2",
        gone: ProblemKind::ViewMissing,
        changed: ProblemKind::ViewChanged,
    },
    Kind {
        noun: ("视频的比对数据", "the trace of clip"),
        rows: "SELECT clip_id AS id, trace AS first, NULL AS second, NULL AS third FROM clip_traces
               WHERE clip_id > COALESCE($1, '') ORDER BY clip_id LIMIT $2",
        gone: ProblemKind::ViewMissing,
        changed: ProblemKind::ViewChanged,
    },
    Kind {
        noun: ("文件", "file"),
        rows: "SELECT id, object_key AS first, NULL AS second, NULL AS third FROM files
               WHERE id > COALESCE($1, '') ORDER BY id LIMIT $2",
        gone: ProblemKind::FileMissing,
        changed: ProblemKind::FileChanged,
    },
    Kind {
        noun: ("签名", "the drawing of signature"),
        rows: "SELECT id, drawing_key AS first, NULL AS second, NULL AS third FROM signatures
               WHERE id > COALESCE($1, '') ORDER BY id LIMIT $2",
        gone: ProblemKind::FileMissing,
        changed: ProblemKind::FileChanged,
    },
];

/// The objects of a row.
struct Pieces {
    id: String,
    keys: Vec<String>,
}

impl FromRow for Pieces {
    fn from_row(row: &Row) -> Result<Self> {
        let keys = [row.opt_text("first")?, row.opt_text("second")?, row.opt_text("third")?];
        Ok(Self { id: row.text("id")?, keys: keys.into_iter().flatten().collect() })
    }
}

impl Tx {
    async fn pieces(&mut self, kind: &Kind, after: Option<&String>) -> Result<Vec<Pieces>> {
        self.all(kind.rows, args![after, STRIDE]).await
    }
}

pub(super) async fn check(
    store: &Store,
    objects: &Objects,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let stored = objects.list("views").await?;
    let mut ours = HashSet::new();
    for kind in &KINDS {
        let mut after = None;
        loop {
            let page = store.read().await?.pieces(kind, after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            for Pieces { id, keys } in page {
                for key in keys {
                    report.pieces += 1;
                    check_one(objects, kind, &id, &key, depth, report).await?;
                    ours.insert(key);
                }
            }
        }
    }
    for (key, _) in stored {
        if ours.contains(&key) || is_being_made(store, &key).await? {
            continue;
        }
        let en = format!("the object {key} belongs to nothing: interrupted work may have left it");
        report.add(ProblemKind::ObjectWithoutRow, &key, format!("对象 {key} 没有对应的记录：可能是处理中断所留"), en);
    }
    Ok(())
}

async fn check_one(
    objects: &Objects,
    kind: &Kind,
    id: &str,
    key: &str,
    depth: Depth,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let (zh, en) = kind.noun;
    if !objects.exists(key).await? {
        let en = format!("{en} {id} is gone: {key}");
        report.add(kind.gone, id, format!("{zh} {id} 不见了：{key}"), en);
    } else if depth == Depth::Hashes && !objects.digests(key).await?.sha256.to_string().starts_with(name(key)) {
        let en = format!("{en} {id} is not as it was kept: {key}");
        report.add(kind.changed, id, format!("{zh} {id} 与存入时不符：{key}"), en);
    }
    Ok(())
}

/// The beginning of the content's SHA-256, for which the object is named.
fn name(key: &str) -> &str {
    let file = key.rsplit('/').next().unwrap_or(key);
    file.split('.').next().unwrap_or(file)
}

/// Whether what an object is named for is only now being looked at: its row comes last.
async fn is_being_made(store: &Store, key: &str) -> Result<bool, CheckError> {
    let mut segments = key.split('/').skip(1);
    let (of, id) = (segments.next(), segments.nth(1));
    let Some(id) = id else { return Ok(false) };
    let mut tx = store.read().await?;
    Ok(match (of, id.parse::<UploadId>().ok(), id.parse::<ClipId>().ok()) {
        (Some("uploads"), Some(upload), _) => {
            tx.upload(upload).await?.is_some() && tx.upload_view(upload).await?.is_none_or(|view| view.names(key))
        }
        (Some("clips"), _, Some(clip)) => tx.clip(clip).await?.is_some() && !tx.is_traced(clip, key).await?,
        _ => false,
    })
}
