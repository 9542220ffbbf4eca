//! `POST /webhooks/{id}/deliveries/{seq}`

use axum::{extract::State, http::StatusCode};
use duxue_rules::access::Action;
use serde_json::json;

use super::SUBJECT;
use crate::{
    app::Shared,
    extract::{DeliveryOf, Params, SignedIn},
    problem::Failure,
    refusals::WriteRefusals,
};

/// Sends a delivery again: one that was given up, or one that the other side lost. It keeps its identity.
#[utoipa::path(
    post,
    path = "/webhooks/{id}/deliveries/{seq}",
    tag = "Integration",
    params(
        ("id" = Uuid, Path, description = "Identity of the webhook."),
        ("seq" = i64, Path, description = "Place of the event."),
    ),
    responses((status = 202, description = "It will be sent."), WriteRefusals),
)]
pub async fn resend_delivery(
    State(app): State<Shared>,
    who: SignedIn,
    Params(DeliveryOf { id, seq }): Params<DeliveryOf>,
) -> Result<StatusCode, Failure> {
    who.may(Action::EditIntegration, None)?;
    let mut tx = app.store.begin().await?;
    tx.webhook(id).await?.ok_or(Failure::NotFound)?;
    let now = app.now();
    tx.resend(id, seq, now).await?;
    tx.audit(who.did(now, "resend_delivery", SUBJECT, id, json!({ "event": seq })));
    tx.commit().await?;
    Ok(StatusCode::ACCEPTED)
}
