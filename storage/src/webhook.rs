//! Webhooks: where a manager wants events sent, and how far each event is on its way there.

use duxue_rules::{
    event::EventKind,
    ids::{UserId, WebhookId},
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    event::Event,
    json,
    row::{FromRow, Row},
    secret::{CannotOpen, SecretKey},
    value::args,
};

/// What signs a delivery. It never shows.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// Bytes of a secret: 24 to 64, as Standard Webhooks has them.
    pub const BYTES: usize = 32;

    /// A fresh one.
    ///
    /// # Errors
    ///
    /// Only when the system gives no randomness.
    pub fn fresh() -> Result<Self, CannotOpen> {
        let mut bytes = vec![0; Self::BYTES];
        getrandom::fill(&mut bytes).map_err(|_| CannotOpen)?;
        Ok(Self(bytes))
    }

    /// The secret of these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes, to sign with or to be shown once.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

/// A webhook as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its identity.
    pub id: WebhookId,
    /// Where events are sent.
    pub url: String,
    /// Which; empty for all.
    pub kinds: Vec<EventKind>,
    /// Until when the secret before the last change signs beside it.
    pub earlier_until: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Named<UserId>,
    /// How many deliveries are on their way.
    pub pending: u32,
    /// How many were given up.
    pub dead: u32,
}

/// A webhook to add.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Its identity.
    pub id: WebhookId,
    /// Where events are sent.
    pub url: String,
    /// Which; empty for all.
    pub kinds: Vec<EventKind>,
    /// What signs them.
    pub secret: WebhookSecret,
    /// Now.
    pub at: Timestamp,
    /// By whom.
    pub by: UserId,
}

/// How far an event is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It will be tried, or tried again.
    Pending,
    /// The other side has it.
    Delivered,
    /// It was tried too often; a person may send it again.
    Dead,
}

/// An event on its way to a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What is sent.
    pub event: Event,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before then.
    pub next_at: Timestamp,
    /// The last answer's HTTP status.
    pub last_status: Option<u16>,
    /// What else was the matter.
    pub last_error: Option<String>,
    /// When that was.
    pub changed_at: Timestamp,
}

/// A delivery to make now, with all that it needs.
#[derive(Clone, Debug)]
pub struct Due {
    /// To which webhook.
    pub webhook: WebhookId,
    /// Where.
    pub url: String,
    /// What signs it: the present secret, and for a while the one before.
    pub secrets: Vec<WebhookSecret>,
    /// What is sent.
    pub event: Event,
    /// How often it was tried.
    pub attempts: u32,
}

struct SealedDue {
    webhook: WebhookId,
    url: String,
    secret: String,
    earlier: Option<(String, Timestamp)>,
    event: Event,
    attempts: u32,
}

impl FromRow for Webhook {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            url: row.text("url")?,
            kinds: row.json("kinds")?,
            earlier_until: row.opt_time("earlier_until")?,
            created_at: row.time("created_at")?,
            created_by: row.named("created_by", "created_by_name")?,
            pending: row.number("pending")?,
            dead: row.number("dead")?,
        })
    }
}

impl FromRow for Delivery {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            event: Event::from_row(row)?,
            state: row.word("state")?,
            attempts: row.number("attempts")?,
            next_at: row.time("next_at")?,
            last_status: row.opt_number("last_status")?,
            last_error: row.opt_text("last_error")?,
            changed_at: row.time("changed_at")?,
        })
    }
}

impl FromRow for SealedDue {
    fn from_row(row: &Row) -> Result<Self> {
        let earlier = row.opt_text("earlier_sealed")?.zip(row.opt_time("earlier_until")?);
        Ok(Self {
            webhook: row.parsed("webhook_id")?,
            url: row.text("url")?,
            secret: row.text("secret_sealed")?,
            earlier,
            event: Event::from_row(row)?,
            attempts: row.number("attempts")?,
        })
    }
}

fn aad(id: WebhookId) -> String {
    format!("webhook secret {id}")
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT w.id, w.url, w.kinds, w.earlier_until, w.created_at, w.created_by, u.display_name AS created_by_name,
                    (SELECT COUNT(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending') AS pending,
                    (SELECT COUNT(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'dead') AS dead
             FROM webhooks w JOIN users u ON u.id = w.created_by WHERE w.removed_at IS NULL ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one. Field errors: `url`.
    pub async fn add_webhook(&mut self, new: &NewWebhook, key: &SecretKey) -> Result<()> {
        let NewWebhook { id, url, kinds, secret, at, by } = new;
        let sealed = key.seal(&aad(*id), secret.expose())?;
        self.run(
            "INSERT INTO webhooks (id, url, kinds, secret_sealed, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, url, json::text(kinds), sealed, at, by],
        )
        .await?;
        Ok(())
    }

    /// Those that were not removed, the oldest first.
    pub async fn webhooks(&mut self) -> Result<Vec<Webhook>> {
        self.all(select!("ORDER BY w.id"), args![]).await
    }

    /// The one of that identity, unless it was removed.
    pub async fn webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>> {
        self.optional(select!("AND w.id = $1"), args![id]).await
    }

    /// Removes one; what is on its way to it is given up.
    pub async fn remove_webhook(&mut self, id: WebhookId, by: UserId, at: Timestamp) -> Result<()> {
        self.advance(
            "webhook",
            "UPDATE webhooks SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL",
            args![id, at, by],
        )
        .await?;
        self.run(
            "UPDATE deliveries SET state = 'dead', last_error = 'removed', changed_at = $2
             WHERE webhook_id = $1 AND state = 'pending'",
            args![id, at],
        )
        .await?;
        Ok(())
    }

    /// Gives a webhook another secret; the one before signs beside it until `earlier_until`.
    pub async fn rotate_webhook(
        &mut self,
        id: WebhookId,
        secret: &WebhookSecret,
        earlier_until: Timestamp,
        key: &SecretKey,
    ) -> Result<()> {
        let sealed = key.seal(&aad(id), secret.expose())?;
        self.advance(
            "webhook",
            "UPDATE webhooks SET earlier_sealed = secret_sealed, earlier_until = $3, secret_sealed = $2
             WHERE id = $1 AND removed_at IS NULL",
            args![id, sealed, earlier_until],
        )
        .await
    }

    /// A webhook's deliveries, the newest first, before the event at `before`.
    pub async fn deliveries(&mut self, webhook: WebhookId, before: Option<i64>, limit: u32) -> Result<Vec<Delivery>> {
        self.all(
            "SELECT e.seq, e.at, e.kind, e.subject_kind, e.subject_id, e.institution_id, d.state, d.attempts, d.next_at,
                    d.last_status, d.last_error, d.changed_at
             FROM deliveries d JOIN events e ON e.seq = d.seq
             WHERE d.webhook_id = $1 AND d.seq < $2 ORDER BY d.seq DESC LIMIT $3",
            args![webhook, before.unwrap_or(i64::MAX), limit],
        )
        .await
    }

    /// The webhooks to which something is to be sent now.
    pub async fn webhooks_due(&mut self, now: Timestamp) -> Result<Vec<WebhookId>> {
        let rows: Vec<DueTo> = self
            .all("SELECT DISTINCT webhook_id FROM deliveries WHERE state = 'pending' AND next_at <= $1", args![now])
            .await?;
        Ok(rows.into_iter().map(|DueTo(webhook)| webhook).collect())
    }

    /// What is to be sent to a webhook now, in the order in which it happened.
    pub async fn due_deliveries(
        &mut self,
        webhook: WebhookId,
        now: Timestamp,
        limit: u32,
        key: &SecretKey,
    ) -> Result<Vec<Due>> {
        let sealed: Vec<SealedDue> = self
            .all(
                "SELECT e.seq, e.at, e.kind, e.subject_kind, e.subject_id, e.institution_id, d.webhook_id, d.attempts,
                        w.url, w.secret_sealed, w.earlier_sealed, w.earlier_until
                 FROM deliveries d JOIN events e ON e.seq = d.seq JOIN webhooks w ON w.id = d.webhook_id
                 WHERE d.webhook_id = $1 AND d.state = 'pending' AND d.next_at <= $2 ORDER BY d.seq LIMIT $3",
                args![webhook, now, limit],
            )
            .await?;
        sealed.into_iter().map(|due| due.opened(now, key)).collect()
    }

    /// Notes what came of a try. Lost when another process noted one meanwhile.
    pub async fn note_delivery(
        &mut self,
        (webhook, seq, attempts): (WebhookId, i64, u32),
        outcome: &Tried,
        now: Timestamp,
    ) -> Result<()> {
        let (state, next_at) = match outcome.next {
            AfterTry::Delivered => (DeliveryState::Delivered, now),
            AfterTry::Again { at } => (DeliveryState::Pending, at),
            AfterTry::GivenUp => (DeliveryState::Dead, now),
        };
        self.advance(
            "delivery",
            "UPDATE deliveries SET state = $4, attempts = attempts + 1, next_at = $5, last_status = $6, last_error = $7,
                                   changed_at = $8
             WHERE webhook_id = $1 AND seq = $2 AND attempts = $3 AND state = 'pending'",
            args![
                webhook,
                seq,
                attempts,
                json::word(&state),
                next_at,
                outcome.status.map(u32::from),
                outcome.error,
                now
            ],
        )
        .await
    }

    /// Sends a delivery again, by hand: one that was given up, or one that the other side lost. It counts from the first try.
    pub async fn resend(&mut self, webhook: WebhookId, seq: i64, now: Timestamp) -> Result<()> {
        self.advance(
            "delivery",
            "UPDATE deliveries SET state = 'pending', attempts = 0, next_at = $3, changed_at = $3
             WHERE webhook_id = $1 AND seq = $2 AND state <> 'pending'",
            args![webhook, seq, now],
        )
        .await
    }
}

/// What came of a try to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The answer's HTTP status; `None`: there was none.
    pub status: Option<u16>,
    /// What else was the matter, in a word.
    pub error: Option<String>,
    /// What is next.
    pub next: AfterTry,
}

/// What is next for a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterTry {
    /// Nothing: the other side has it.
    Delivered,
    /// Another try.
    Again {
        /// Not before then.
        at: Timestamp,
    },
    /// Nothing: it was tried often enough.
    GivenUp,
}

struct DueTo(WebhookId);

impl FromRow for DueTo {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("webhook_id")?))
    }
}

impl SealedDue {
    fn opened(self, now: Timestamp, key: &SecretKey) -> Result<Due> {
        let Self { webhook, url, secret, earlier, event, attempts } = self;
        let open = |sealed: &str| key.open(&aad(webhook), sealed).map(WebhookSecret);
        let mut secrets = vec![open(&secret)?];
        if let Some((sealed, until)) = earlier
            && now < until
        {
            secrets.push(open(&sealed)?);
        }
        Ok(Due { webhook, url, secrets, event, attempts })
    }
}
