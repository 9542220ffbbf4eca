//! `DELETE /uploads/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::ids::UploadId;
use duxue_storage::upload::{UploadEnd, UploadState};
use serde_json::json;

use super::{own, refused};
use crate::{
    app::Shared,
    dto::refs::Text,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::UploadRefusals,
};

/// Ends an upload that is not whole yet (tus 1.0.0, extension termination); its bytes are thrown away.
///
/// What is whole is handed in, and stays.
#[utoipa::path(
    delete,
    path = "/uploads/{id}",
    tag = "Evidence",
    params(
        ("id" = Uuid, Path, description = "Identity of the upload."),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses((status = 204, description = "It has ended."), UploadRefusals),
)]
pub async fn end_upload(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
) -> Result<StatusCode, Failure> {
    own(&app, &who, id).await?;
    let _hold = app.spool.take_over(id).await;
    match own(&app, &who, id).await?.state {
        UploadState::Receiving { .. } => {}
        UploadState::Ended { .. } => return Err(Failure::Gone),
        UploadState::Received { .. } | UploadState::Checked { .. } => {
            return Err(Failure::Conflict {
                field: None,
                text: Text::new("文件已提交，不能再取消。", "The file is handed in; it cannot be ended any more."),
            });
        }
    }
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.end_upload(id, UploadEnd::Sender, now).await?;
    tx.audit(who.did(now, "end_upload", "upload", id, json!({ "by": UploadEnd::Sender })));
    tx.commit().await?;
    // What stays behind, should this fail, is swept away.
    app.spool.remove(id).await.map_err(|error| refused(&error, None))?;
    Ok(StatusCode::NO_CONTENT)
}
