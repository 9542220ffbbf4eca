//! `POST /files`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::{file::NewFile, objects::file_prefix};
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::file::{File, FileQuery},
    extract::{Filter, RawFile, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, FileRefusals},
};

/// Hands in a file: PDF, JPEG, PNG, XLSX or DOCX.
///
/// The body is the file itself; what it is, is told by its content and not by its name. Records then name it by its
/// identity.
#[utoipa::path(
    post,
    path = "/files",
    tag = "Files",
    params(FileQuery),
    request_body(content((BinaryFile = "application/octet-stream")), description = "The file, at most 20 MiB."),
    responses((status = 201, description = "Taken in.", body = File), FileRefusals),
)]
pub async fn add_file(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(FileQuery { name, institution_id }): Filter<FileQuery>,
    RawFile { bytes, kind }: RawFile,
) -> Result<(StatusCode, Json<File>), Failure> {
    let institution = institution_id.or(who.actor.institution);
    who.may(Action::AddFile, institution)?;
    let stored = app.objects.put_hashed(&file_prefix(institution), kind.extension, &bytes[..]).await?;
    let now = app.now();
    let file = NewFile {
        id: new_id(now),
        institution,
        name: name.trim().to_owned(),
        media_type: kind.media_type.to_owned(),
        bytes: stored.digests.bytes,
        sha256: stored.digests.sha256.0,
        object_key: stored.key,
        created_at: now,
        created_by: who.id(),
    };
    let mut tx = app.store.begin().await?;
    tx.add_file(&file).await?;
    let detail = json!({ "sha256": hex::encode(file.sha256), "media_type": file.media_type });
    tx.audit(who.did(now, "add_file", "file", file.id, detail));
    let added = tx.file(file.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(added.into())))
}
