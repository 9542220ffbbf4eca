//! Where events are sent.

use duxue_rules::{event::EventKind, ids::WebhookId};
use duxue_storage::webhook as stored;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{event::Event, refs::UserRef};

/// A webhook to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where events are sent: https, to a host of the Internet unless the operator allows inner ones.
    #[schema(max_length = 2000, example = "https://hooks.example.org/duxue")]
    pub url: String,
    /// Which events; empty for all.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["notice.published", "payment.recorded"]))]
    pub kinds: Vec<EventKind>,
}

/// A webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: WebhookId,
    /// Where events are sent.
    pub url: String,
    /// Which; empty for all.
    #[schema(value_type = Vec<String>)]
    pub kinds: Vec<EventKind>,
    /// Until when the secret before the last change signs beside it.
    pub earlier_until: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: UserRef,
    /// How many deliveries are on their way.
    pub pending: u32,
    /// How many were given up.
    pub dead: u32,
}

/// A webhook with its secret, which is shown this once.
#[derive(Clone, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    pub webhook: Webhook,
    /// What signs its deliveries, as Standard Webhooks writes it: `whsec_…`. Shown this once.
    pub secret: String,
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It will be tried, or tried again.
    Pending,
    /// The other side has it.
    Delivered,
    /// It was tried too often, or the other side wants no more; send it again by hand.
    Dead,
}

/// An event on its way to a webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// What is sent.
    pub event: Event,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; null when it is not.
    pub next_at: Option<Timestamp>,
    /// The last answer's HTTP status; null: there was none.
    pub last_status: Option<u16>,
    /// Why there was no answer, in a word such as `timeout`.
    pub last_error: Option<String>,
    /// When that was.
    pub changed_at: Timestamp,
}

impl From<stored::Webhook> for Webhook {
    fn from(row: stored::Webhook) -> Self {
        Self {
            id: row.id,
            url: row.url,
            kinds: row.kinds,
            earlier_until: row.earlier_until,
            created_at: row.created_at,
            created_by: row.created_by.into(),
            pending: row.pending,
            dead: row.dead,
        }
    }
}

impl From<stored::Delivery> for Delivery {
    fn from(row: stored::Delivery) -> Self {
        let state = match row.state {
            stored::DeliveryState::Pending => DeliveryState::Pending,
            stored::DeliveryState::Delivered => DeliveryState::Delivered,
            stored::DeliveryState::Dead => DeliveryState::Dead,
        };
        Self {
            event: row.event.into(),
            state,
            attempts: row.attempts,
            next_at: (state == DeliveryState::Pending).then_some(row.next_at),
            last_status: row.last_status,
            last_error: row.last_error,
            changed_at: row.changed_at,
        }
    }
}
