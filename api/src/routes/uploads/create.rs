//! `POST /uploads`

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duxue_rules::{access::Action, ids::InstitutionId};
use duxue_storage::{Tx, upload::NewUpload};
use serde_json::json;

use super::{claim::Claim, refused};
use crate::{
    app::{Shared, new_id},
    dto::refs::Text,
    extract::SignedIn,
    problem::Failure,
    refusals::UploadRefusals,
    tus::{self, Metadata},
};

/// Announces a video (tus 1.0.0, extension creation).
///
/// `Upload-Metadata` holds `filename` and `class_id`, and either `session_id` or `starts_at` (RFC 3339), the instant of
/// the first picture, or both. Its bytes are then sent to `Location`.
#[utoipa::path(
    post,
    path = "/uploads",
    tag = "Evidence",
    params(
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "The size of the file."),
        ("Upload-Metadata" = String, Header, description = "Pairs `key base64`, with commas between them."),
    ),
    responses(
        (
            status = 201,
            description = "It can be sent now.",
            headers(
                ("Location" = String, description = "Where its bytes go."),
                ("Upload-Expires" = String, description = "When it is given up, unless something comes before."),
            ),
        ),
        UploadRefusals,
    ),
)]
pub async fn create_upload(State(app): State<Shared>, who: SignedIn, headers: HeaderMap) -> Result<Response, Failure> {
    let metadata = Metadata::of(&headers)?;
    let claim = Claim::of(&metadata)?;
    let mut tx = app.store.begin().await?;
    let class = tx.class(claim.class).await?;
    who.may_named(Action::UploadEvidence, class.as_ref().map(|class| class.institution.id))?;
    let institution = class.ok_or(Failure::NotFound)?.institution.id;
    let length = tus::number(&headers, &tus::UPLOAD_LENGTH)?;
    room_for(&app, &mut tx, institution, length).await?;
    let lesson = claim.lesson(&mut tx, institution).await?;

    let now = app.now();
    let upload = NewUpload {
        id: new_id(now),
        institution,
        class: claim.class,
        session: lesson.session,
        claimed_start: lesson.start,
        name: claim.filename,
        metadata: metadata.sent,
        length,
        expires_at: now + app.settings.uploads.idle,
        created_at: now,
        created_by: who.id(),
    };
    tx.add_upload(&upload).await?;
    let detail = json!({ "class": upload.class, "session": upload.session, "bytes": length });
    tx.audit(who.did(now, "announce_upload", "upload", upload.id, detail));
    // A file without a row, should the commit fail, is swept away; a row without a file would be a promise not kept.
    app.spool.create(upload.id).await.map_err(|error| refused(&error, None))?;
    tx.commit().await?;

    let mut response = StatusCode::CREATED.into_response();
    if let Ok(place) = HeaderValue::try_from(format!("/api/v1/uploads/{}", upload.id)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    tus::expires(response.headers_mut(), upload.expires_at);
    Ok(response)
}

/// Refuses what is larger than may be, and who has announced too much already.
async fn room_for(app: &Shared, tx: &mut Tx, institution: InstitutionId, length: u64) -> Result<(), Failure> {
    let limits = &app.settings.uploads;
    if length > limits.file_bytes {
        return Err(Failure::TooLarge { limit: usize::try_from(limits.file_bytes).unwrap_or(usize::MAX) });
    }
    let held = tx.uploads_held(institution).await?;
    if held.open >= limits.open {
        let open = held.open;
        return Err(Failure::Conflict {
            field: None,
            text: Text::new(
                format!("已有 {open} 个上传尚未完成，请先完成或取消其中一个。"),
                format!("{open} uploads are not whole yet; finish or end one of them first."),
            ),
        });
    }
    if held.bytes.saturating_add(length) > limits.institution_bytes {
        let (bytes, limit) = (held.bytes, limits.institution_bytes);
        return Err(Failure::Conflict {
            field: None,
            text: Text::new(
                format!("待审核的上传已占 {bytes} 字节，上限为 {limit} 字节，请等待审核完成。"),
                format!("uploads that are not decided yet take {bytes} of {limit} bytes; wait for them."),
            ),
        });
    }
    Ok(())
}
