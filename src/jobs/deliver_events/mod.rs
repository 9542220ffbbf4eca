//! Sends events to webhooks. A delivery is noted after the answer: whoever kills this process in between makes it send that one
//! again, under the same identity, and never loses one.
//!
//! Each webhook has its own turn, so that one that is slow or down holds up no other, and gets what happened in its order
//! until a try fails.

mod send;
mod sign;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::Result;
use duxue_rules::ids::WebhookId;
use duxue_storage::{
    Error,
    webhook::{AfterTry, Due},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, warn};

use super::{Parts, reconcile};
use send::Sender;

const PERIOD: Duration = Duration::from_secs(1);
/// The most deliveries of a turn.
const TURN: u32 = 50;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let sender = match Sender::new(parts.config.webhooks.allow_private_addresses) {
        Ok(sender) => Arc::new(sender),
        Err(error) => return warn!("events cannot be sent: {error:#}"),
    };
    let (never, busy, turns) = (tokio::sync::Notify::new(), Busy::default(), TaskTracker::new());
    reconcile(&stop, &never, PERIOD, || async {
        let now = (parts.clock)();
        let webhooks = parts.store.read().await?.webhooks_due(now).await?;
        for webhook in webhooks {
            let Some(turn) = busy.take(webhook) else { continue };
            let (parts, sender, stop) = (parts.clone(), sender.clone(), stop.clone());
            turns.spawn(async move {
                let _turn = turn;
                if let Err(error) = serve(&parts, &sender, webhook, &stop).await {
                    warn!(webhook.id = %webhook, "a webhook's turn ended early and will be taken again: {error:#}");
                }
            });
        }
        Ok(())
    })
    .await;
    turns.close();
    turns.wait().await;
}

/// Sends what is due to one webhook, until a try fails.
async fn serve(parts: &Parts, sender: &Sender, webhook: WebhookId, stop: &CancellationToken) -> Result<()> {
    let due = parts.store.read().await?.due_deliveries(webhook, (parts.clock)(), TURN, &parts.secret).await?;
    for one in due {
        if stop.is_cancelled() || !deliver(parts, sender, &one).await? {
            break;
        }
    }
    Ok(())
}

/// Whether the other side has it now.
async fn deliver(parts: &Parts, sender: &Sender, due: &Due) -> Result<bool> {
    let tried = sender.send(due, (parts.clock)()).await;
    debug!(webhook.id = %due.webhook, event = due.event.seq, status = tried.status, error = tried.error, "sent an event");
    if tried.next == AfterTry::GivenUp {
        warn!(webhook.id = %due.webhook, event = due.event.seq, "an event was not taken and is given up");
    }
    let mut tx = parts.store.begin().await?;
    match tx.note_delivery((due.webhook, due.event.seq, due.attempts), &tried, (parts.clock)()).await {
        // Somebody removed the webhook or sent it again meanwhile.
        Err(Error::Lost { .. }) => return Ok(false),
        noted => noted?,
    }
    tx.commit().await?;
    Ok(tried.next == AfterTry::Delivered)
}

/// The webhooks whose turn it is.
#[derive(Clone, Default)]
struct Busy(Arc<Mutex<HashSet<WebhookId>>>);

/// A webhook's turn; it ends when this goes.
struct Turn(Busy, WebhookId);

impl Busy {
    fn take(&self, webhook: WebhookId) -> Option<Turn> {
        let taken = self.0.lock().is_ok_and(|mut busy| busy.insert(webhook));
        taken.then(|| Turn(self.clone(), webhook))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Ok(mut busy) = self.0.0.lock() {
            busy.remove(&self.1);
        }
    }
}
