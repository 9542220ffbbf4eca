//! `POST /webhooks`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::access::Action;
use duxue_storage::webhook::NewWebhook as Row;
use serde_json::json;

use super::{SUBJECT, fresh_secret, shown};
use crate::{
    app::{Shared, new_id},
    dto::webhook::{NewWebhook, WebhookWithSecret},
    extract::{Body, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
    webhook_url::webhook_url,
};

/// The most webhooks.
const MOST: usize = 20;

/// Adds a webhook: from now on events are sent there, signed as Standard Webhooks has it.
///
/// A delivery that is not answered with 2xx within ten seconds is tried again for a day, then given up. Its body tells what
/// happened to what by identities alone, never a name or a number of a person.
#[utoipa::path(
    post,
    path = "/webhooks",
    tag = "Integration",
    request_body = NewWebhook,
    responses((status = 201, description = "The webhook and its secret.", body = WebhookWithSecret), WriteRefusals),
)]
pub async fn add_webhook(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookWithSecret>), Failure> {
    who.may(Action::EditIntegration, None)?;
    let url =
        webhook_url(&new.url, app.settings.private_webhooks).map_err(|why| Failure::field("url", why.zh, why.en))?;
    let secret = fresh_secret()?;
    let now = app.now();
    let mut kinds = new.kinds;
    kinds.sort_unstable();
    kinds.dedup();
    let row = Row { id: new_id(now), url: url.into(), kinds, secret, at: now, by: who.id() };
    let mut tx = app.store.begin().await?;
    if tx.webhooks().await?.len() >= MOST {
        return Err(Failure::conflict("最多登记 20 个推送地址。", "there are 20 webhooks already"));
    }
    tx.add_webhook(&row, &app.secret).await?;
    // An address may hold a key of the other side: the log names the host alone.
    let host = webhook_url(&row.url, true).ok().and_then(|url| url.host_str().map(str::to_owned));
    tx.audit(who.did(now, "add_webhook", SUBJECT, row.id, json!({ "host": host, "kinds": row.kinds })));
    let webhook = tx.webhook(row.id).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(WebhookWithSecret { webhook: webhook.into(), secret: shown(&row.secret) })))
}
