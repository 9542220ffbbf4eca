//! `GET /remote-supervisions/{id}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::SupervisionId};

use super::sign::SUBJECT;
use crate::{
    app::Shared,
    dto::supervision::RemoteSupervision,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Shows a record of remote supervision, and whether it is still what was signed.
#[utoipa::path(
    get,
    path = "/remote-supervisions/{id}",
    tag = "Supervision",
    params(("id" = Uuid, Path, description = "Identity of the record.")),
    responses((status = 200, description = "The record.", body = RemoteSupervision), ReadRefusals),
)]
pub async fn show_remote_supervision(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<SupervisionId>>,
) -> Result<Json<RemoteSupervision>, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.remote_supervision(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadSupervision, Some(row.institution))?;
    let signatures = tx.signatures_of(SUBJECT, &id.to_string()).await?;
    Ok(Json(RemoteSupervision::of(row, signatures)))
}
