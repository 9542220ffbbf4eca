//! `POST /webhooks/{id}/secret`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{access::Action, ids::WebhookId};
use jiff::SignedDuration;
use serde_json::json;

use super::{SUBJECT, fresh_secret, shown};
use crate::{
    app::Shared,
    dto::webhook::WebhookWithSecret,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// So long the secret before signs beside the new one, for the other side to change over.
const BESIDE: SignedDuration = SignedDuration::from_hours(24);

/// Gives a webhook another secret. For a day deliveries are signed with both.
#[utoipa::path(
    post,
    path = "/webhooks/{id}/secret",
    tag = "Integration",
    params(("id" = Uuid, Path, description = "Identity of the webhook.")),
    responses((status = 201, description = "The webhook and its secret.", body = WebhookWithSecret), WriteRefusals),
)]
pub async fn rotate_webhook(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<WebhookId>>,
) -> Result<(StatusCode, Json<WebhookWithSecret>), Failure> {
    who.may(Action::EditIntegration, None)?;
    let mut tx = app.store.begin().await?;
    tx.webhook(id).await?.ok_or(Failure::NotFound)?;
    let (now, secret) = (app.now(), fresh_secret()?);
    tx.rotate_webhook(id, &secret, now + BESIDE, &app.secret).await?;
    tx.audit(who.did(now, "rotate_webhook", SUBJECT, id, json!({})));
    let webhook = tx.webhook(id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(WebhookWithSecret { webhook: webhook.into(), secret: shown(&secret) })))
}
