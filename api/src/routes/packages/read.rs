//! `GET /classes/{id}/package`

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use duxue_rules::{access::Action, ids::ClassId};
use serde_json::json;

use super::{contents, stream};
use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
};

/// Gives everything of a class as one ZIP: clips with their seals, records, findings with their pictures, the audit log's
/// entries with proofs, and a signed list.
///
/// It is put together while it is sent. One that breaks off is no ZIP: download it again. `duxue verify` checks it offline.
#[utoipa::path(
    get,
    path = "/classes/{id}/package",
    tag = "Evidence",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    responses(
        (status = 200, description = "The package.", body = BinaryFile, content_type = "application/zip"),
        ReadRefusals,
    ),
)]
pub async fn read_package(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
) -> Result<Response, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::ReadPackage).await?;
    // Logged before the first byte leaves, so that the package tells of its own reading.
    tx.audit(who.did(now, "read_package", "class", id, json!({})));
    tx.commit().await?;
    let checkpoint = sign_log(&app).await?;
    let name = format!("duxue-{}-{id}.zip", class.starts_on);
    let contents = contents::gather(&app, class, checkpoint).await?;
    let body = Body::from_stream(stream::zip(&app, contents));
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// Takes what the log holds now into its tree, and signs that.
async fn sign_log(app: &Shared) -> Result<duxue_storage::audit_tree::StoredCheckpoint, Failure> {
    loop {
        let mut tx = app.store.begin().await?;
        if tx.grow_audit_tree().await? == 0 {
            let signed = tx.sign_audit_tree(&app.signing, app.now()).await?;
            tx.commit().await?;
            return signed.ok_or(Failure::Internal);
        }
        tx.commit().await?;
    }
}
