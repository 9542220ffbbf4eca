//! `POST /classes/{id}/comparisons`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, civil, ids::ClassId, verification::Matter};

use super::{keep, standing};
use crate::{
    app::Shared,
    dto::verification::{NewComparison, Verifications},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Records what the centre found when it compared pension payments before and after (R4.2).
#[utoipa::path(
    post,
    path = "/classes/{id}/comparisons",
    tag = "Settlement",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewComparison,
    responses((status = 201, description = "How it stands now.", body = Verifications), WriteRefusals),
)]
pub async fn record_comparison(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewComparison { lines }): Body<NewComparison>,
) -> Result<(StatusCode, Json<Verifications>), Failure> {
    let mut tx = app.store.begin().await?;
    let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::DecideCloseout, Some(class.institution.id))?;
    let now = app.now();
    keep(&mut tx, &who, &class, (Matter::Employment, None), &lines, (now, civil::date_of(now))).await?;
    let answer = standing(&mut tx, &class).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(answer)))
}
