//! `POST /classes/{id}/verifications`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::ClassId};

use super::{keep, standing};
use crate::{
    app::Shared,
    dto::verification::{NewVerifications, Verifications},
    extract::{Body, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::WriteRefusals,
};

/// Records what the institution looked up at the end, with its screenshot or commitment letter (R4.1, R4.3).
#[utoipa::path(
    post,
    path = "/classes/{id}/verifications",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewVerifications,
    responses((status = 201, description = "How it stands now.", body = Verifications), WriteRefusals),
)]
pub async fn record_verifications(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewVerifications { file_id, matter, lines }): Body<NewVerifications>,
) -> Result<(StatusCode, Json<Verifications>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ApplyCloseout, Some(class.institution.id))?;
    let file = load::own_file(&mut tx, "file_id", file_id, class.institution.id).await?;
    let now = app.now();
    let what = (matter.into(), Some(file.id));
    keep(&mut tx, &who, &class, what, &lines, (now, civil::date_of(now))).await?;
    let answer = standing(&mut tx, &class).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
