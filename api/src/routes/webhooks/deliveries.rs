//! `GET /webhooks/{id}/deliveries`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::WebhookId};

use crate::{
    app::Shared,
    dto::{
        page::{PAGE, Page, PageQuery, before},
        webhook::Delivery,
    },
    extract::{Filter, Id, Params, SignedIn},
    problem::Failure,
    refusals::ReadRefusals,
};

/// Lists a webhook's deliveries, the newest first, each with how far it is.
#[utoipa::path(
    get,
    path = "/webhooks/{id}/deliveries",
    tag = "Integration",
    params(("id" = Uuid, Path, description = "Identity of the webhook."), PageQuery),
    responses((status = 200, description = "The deliveries.", body = Page<Delivery>), ReadRefusals),
)]
pub async fn list_deliveries(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<WebhookId>>,
    Filter(page): Filter<PageQuery>,
) -> Result<Json<Page<Delivery>>, Failure> {
    who.may(Action::EditIntegration, None)?;
    let mut tx = app.store.read().await?;
    tx.webhook(id).await?.ok_or(Failure::NotFound)?;
    let rows = tx.deliveries(id, before(page.before.as_deref())?, PAGE).await?;
    let items = rows.into_iter().map(Into::into).collect();
    Ok(Json(Page::part(items, |delivery: &Delivery| delivery.event.seq.to_string())))
}
