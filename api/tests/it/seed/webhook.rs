//! A webhook that has one event already.

use duxue_rules::ids::ClassId;
use duxue_storage::{
    SecretKey, Tx,
    audit::Entry,
    webhook::{AfterTry, NewWebhook, Tried, WebhookSecret},
};
use jiff::Timestamp;

use super::{Kind, id};

pub async fn webhook(tx: &mut Tx, now: Timestamp, key: &SecretKey) {
    let webhook = NewWebhook {
        id: id(Kind::Webhook, 0),
        url: "https://hooks.example.org/".into(),
        kinds: vec![],
        secret: WebhookSecret::from_bytes(vec![7; 32]),
        at: now,
        by: id(Kind::Manager, 9),
    };
    tx.add_webhook(&webhook, key).await.unwrap();
    let entry = Entry {
        at: now,
        actor: None,
        action: "start_class".into(),
        subject_kind: "class".into(),
        subject_id: id::<ClassId>(Kind::Class, 0).to_string(),
        detail: serde_json::json!({}),
    };
    tx.happen(1, &entry).await.unwrap();
    let tried = Tried { status: Some(204), error: None, next: AfterTry::Delivered };
    tx.note_delivery((webhook.id, 1, 0), &tried, now).await.unwrap();
}
