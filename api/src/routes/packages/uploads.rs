//! What the institution handed in as video.

use duxue_rules::ids::ClassId;
use duxue_storage::{
    Tx,
    package::{CLIP_SEAL, UPLOADS},
    upload::UploadFilter,
};

use super::contents::{Contents, Subjects};
use crate::{dto, load, problem::Failure};

/// Sealed videos with their seals; the refused and unfinished ones in the list alone.
pub(super) async fn uploads(
    tx: &mut Tx,
    id: ClassId,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let rows = load::uploads(tx, UploadFilter { class: Some(id), ..UploadFilter::default() }).await?;
    subjects.extend(rows.iter().map(|upload| ("upload", upload.id.to_string())));
    for upload in &rows {
        let Some(key) = upload.object_key() else { continue };
        let Some(seal) = tx.upload_seal(upload.id).await? else { continue };
        let ending = key.rsplit('.').next().unwrap_or_default();
        let path = format!("{UPLOADS}{}.{ending}", upload.id);
        contents.files.push((format!("{path}{CLIP_SEAL}"), seal.envelope.into_bytes()));
        contents.objects.insert(path, key.to_owned());
    }
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let decision = tx.upload_decision(row.id).await?;
        shown.push(dto::upload::Upload::of(row, decision, 0));
    }
    contents.json("records/uploads.json", &shown)
}
