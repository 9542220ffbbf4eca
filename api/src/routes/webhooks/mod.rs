//! Webhooks: where a manager wants events sent.

pub mod add;
pub mod deliveries;
pub mod list;
pub mod remove;
pub mod resend;
pub mod rotate;

use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_storage::webhook::WebhookSecret;

use crate::problem::{Failure, chain};

/// The word under which the log has webhooks.
const SUBJECT: &str = "webhook";

fn fresh_secret() -> Result<WebhookSecret, Failure> {
    WebhookSecret::fresh().map_err(|error| {
        tracing::error!(error = chain(&error), "the system gives no randomness");
        Failure::Internal
    })
}

/// As Standard Webhooks writes a secret.
fn shown(secret: &WebhookSecret) -> String {
    format!("whsec_{}", BASE64_STANDARD.encode(secret.expose()))
}
