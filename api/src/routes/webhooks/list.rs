//! `GET /webhooks`

use axum::{Json, extract::State};
use duxue_rules::access::Action;

use crate::{
    app::Shared,
    dto::{page::Page, webhook::Webhook},
    extract::SignedIn,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the webhooks, the oldest first, with how many deliveries wait or were given up.
#[utoipa::path(
    get,
    path = "/webhooks",
    tag = "Integration",
    responses((status = 200, description = "The webhooks.", body = Page<Webhook>), DayRefusals),
)]
pub async fn list_webhooks(State(app): State<Shared>, who: SignedIn) -> Result<Json<Page<Webhook>>, Failure> {
    who.may(Action::EditIntegration, None)?;
    let rows = app.store.read().await?.webhooks().await?;
    Ok(Json(Page::whole(rows.into_iter().map(Into::into).collect())))
}
