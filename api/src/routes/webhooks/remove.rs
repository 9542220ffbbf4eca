//! `DELETE /webhooks/{id}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::WebhookId};
use serde_json::json;

use super::SUBJECT;
use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Removes a webhook; what is on its way to it is given up.
#[utoipa::path(
    delete,
    path = "/webhooks/{id}",
    tag = "Integration",
    params(("id" = Uuid, Path, description = "Identity of the webhook.")),
    responses((status = 204, description = "Removed."), WriteRefusals),
)]
pub async fn remove_webhook(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<WebhookId>>,
) -> Result<StatusCode, Failure> {
    who.may(Action::EditIntegration, None)?;
    let mut tx = app.store.begin().await?;
    tx.webhook(id).await?.ok_or(Failure::NotFound)?;
    let now = app.now();
    tx.remove_webhook(id, who.id(), now).await?;
    tx.audit(who.did(now, "remove_webhook", SUBJECT, id, json!({})));
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
