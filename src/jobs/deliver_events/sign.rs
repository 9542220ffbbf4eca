//! What is sent, and how it is signed: Standard Webhooks 1.0.0, symmetric.

use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_storage::{event::Event, webhook::WebhookSecret};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

/// The identity by which the other side knows that it has an event already.
pub fn id(event: &Event) -> String {
    format!("evt_{}", event.seq)
}

/// The body: what happened to what, by identities alone.
pub fn body(event: &Event) -> String {
    let Event { at, kind, subject_kind, subject_id, institution, .. } = event;
    let data = json!({ "subject_kind": subject_kind, "subject_id": subject_id, "institution_id": institution });
    json!({ "type": kind, "timestamp": at, "data": data }).to_string()
}

/// `webhook-signature`: one for each secret that holds.
pub fn signatures(secrets: &[WebhookSecret], id: &str, timestamp: i64, body: &str) -> String {
    let signed = secrets.iter().filter_map(|secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose()).ok()?;
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
    });
    signed.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn it_signs_as_the_standard_does() {
        let secret = BASE64_STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let secrets = [WebhookSecret::from_bytes(secret)];
        let signed = signatures(&secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let two = [secrets[0].clone(), WebhookSecret::from_bytes(vec![7; 32])];
        assert_eq!(signatures(&two, "a", 1, "b").split(' ').count(), 2);
    }
}
