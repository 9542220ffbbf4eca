//! Events on their way to a receiver that fails, is slow and comes back; kill -9 between two deliveries.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    api::{Api, text},
    house::{House, LIMIT},
};

/// How a receiver behaves to the next call.
enum Does {
    Answers(u16),
    /// Longer than anybody waits.
    Hangs,
}

/// What was received: identity, timestamp, signatures, body.
type Received = (String, String, String, String);

#[derive(Clone, Default)]
struct Receiver {
    next: Arc<Mutex<VecDeque<Does>>>,
    got: Arc<Mutex<Vec<Received>>>,
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: String) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let all = (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), body);
    receiver.got.lock().unwrap().push(all);
    let next = receiver.next.lock().unwrap().pop_front();
    match next {
        None => StatusCode::NO_CONTENT,
        Some(Does::Answers(status)) => StatusCode::from_u16(status).unwrap(),
        Some(Does::Hangs) => std::future::pending().await,
    }
}

impl Receiver {
    #[expect(clippy::disallowed_methods, reason = "the receiver ends with the test's runtime")]
    async fn start() -> (Self, String) {
        let receiver = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", post(receive)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (receiver, address)
    }

    fn will(&self, does: Does) {
        self.next.lock().unwrap().push_back(does);
    }

    async fn until(&self, many: usize) -> Vec<Received> {
        let start = std::time::Instant::now();
        loop {
            let got = self.got.lock().unwrap().clone();
            if got.len() >= many {
                return got;
            }
            assert!(start.elapsed() < LIMIT, "waited in vain for {many} calls; came: {got:#?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn is_signed(secret: &str, (id, timestamp, signatures, body): &Received) -> bool {
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    signatures.split(' ').any(|signature| signature == expected)
}

async fn hook(api: &Api, url: &str) -> (String, String) {
    let made = api.post("/webhooks", &json!({ "url": url, "kinds": ["message.sent"] })).await;
    (text(&made["webhook"]["id"]), text(&made["secret"]))
}

async fn deliveries(api: &Api, hook: &str) -> Vec<Value> {
    api.get(&format!("/webhooks/{hook}/deliveries")).await["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_on_the_way_to_a_receiver() {
    let house = House::new("[webhooks]\nallow_private_addresses = true\n[analysis]\nenabled = false\n");
    house.add_user("wang", "manager", None);
    let service = house.serve();
    let api = Api::sign_in(&service, "wang").await;
    let institution = text(&api.post("/institutions", &json!({ "name": "甲职业培训学校" })).await["id"]);
    let class = json!({ "institution_id": institution, "name": "2024年电工专业1班期", "major": "电工",
        "starts_on": "2024-10-08", "ends_on": "2025-01-08" });
    let class = text(&api.post("/classes", &class).await["id"]);
    let messages = format!("/classes/{class}/messages");
    let (receiver, url) = Receiver::start().await;
    let (good, secret) = hook(&api, &url).await;
    // Nobody listens there.
    let (dead, _) = hook(&api, "http://127.0.0.1:1/").await;

    // It fails once, and is asked again under the same identity.
    receiver.will(Does::Answers(500));
    api.post(&messages, &json!({ "text": "请补交台账" })).await;
    let got = receiver.until(2).await;
    assert_eq!(got[0].0, got[1].0);
    for call in &got {
        assert!(is_signed(&secret, call), "{call:?}");
        assert!(!call.3.contains("台账"), "what the message says stays here: {}", call.3);
    }
    let body: Value = serde_json::from_str(&got[0].3).unwrap();
    assert_eq!((&body["type"], &body["data"]["institution_id"]), (&json!("message.sent"), &json!(institution)));
    let path = format!("/webhooks/{dead}/deliveries");
    let waiting = api.until("a try in vain", &path, |list| list["items"][0]["attempts"] != 0).await;
    assert_eq!(waiting["items"][0]["last_error"], "no_connection", "and it held up nobody else");

    // Killed while a delivery is under way: that one comes again, and the next one after it.
    receiver.will(Does::Hangs);
    api.post(&messages, &json!({ "text": "二" })).await;
    api.post(&messages, &json!({ "text": "三" })).await;
    let before = receiver.until(3).await;
    service.kill();
    let service = house.serve();
    let after = receiver.until(5).await;
    assert_eq!(after[3].0, before[2].0, "the same event, whose answer nobody heard");
    assert_ne!(after[4].0, after[3].0);
    assert!(after.iter().all(|call| is_signed(&secret, call)));
    let api = Api::sign_in(&service, "wang").await;
    let path = format!("/webhooks/{good}/deliveries");
    let all = |list: &Value| list["items"].as_array().unwrap().iter().all(|one| one["state"] == "delivered");
    let done = api.until("all of them delivered", &path, all).await;
    assert_eq!(done["items"].as_array().unwrap().len(), 3);

    // A new secret: for a while both sign. Sent again by hand, under the same identity.
    let rotated = text(&api.post(&format!("/webhooks/{good}/secret"), &json!({})).await["secret"]);
    let seq = deliveries(&api, &good).await[0]["event"]["seq"].clone();
    let known = receiver.until(0).await.len();
    api.post(&format!("/webhooks/{good}/deliveries/{seq}"), &json!({})).await;
    let again = receiver.until(known + 1).await.pop().unwrap();
    assert_eq!(again.0, format!("evt_{seq}"));
    assert!(is_signed(&secret, &again) && is_signed(&rotated, &again));
    service.stop();
}
