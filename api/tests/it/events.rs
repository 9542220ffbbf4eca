//! Events as they happen, and webhooks.

use std::time::Duration;

use axum::{body::BodyDataStream, http::Method};
use duxue_api::Settings;
use futures::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id},
    world::World,
};

/// Writes about a class: something that happens.
async fn write(world: &World, side: u8, who: &str) {
    let path = format!("/classes/{}/messages", id::<Uuid>(Kind::Class, side));
    world.post(&path, who, json!({ "text": "请补交台账" })).await.expect(201);
}

async fn heard(world: &World, who: &str) -> Vec<Value> {
    world.get("/events?after=1", who).await.expect(200)["items"].as_array().unwrap().clone()
}

fn hook() -> String {
    format!("/webhooks/{}", id::<Uuid>(Kind::Webhook, 0))
}

#[tokio::test]
async fn everybody_hears_of_what_they_may_read_and_of_nothing_else() {
    let world = World::new().await;
    write(&world, 0, "liaison").await;
    write(&world, 1, "supervisor").await;
    let finding = format!("/findings/{}/decision", id::<Uuid>(Kind::Finding, 0));
    world.post(&finding, "supervisor", json!({ "outcome": "dismissed", "reason": "光线所致" })).await.expect(200);
    let kinds =
        |events: Vec<Value>| events.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds(heard(&world, "auditor").await), ["message.sent", "message.sent", "finding.decided"]);
    let own = heard(&world, "liaison").await;
    assert_eq!((own.len(), &own[0]["institution_id"]), (1, &json!(id::<Uuid>(Kind::Institution, 0))));
    assert_eq!(own[0]["subject_kind"], "message");
    assert!(!json!(own).to_string().contains("台账"), "an event tells no more than that it happened");
    assert_eq!(kinds(heard(&world, "other").await), ["message.sent"]);
}

/// Reads the stream until it said this.
async fn until(stream: &mut BodyDataStream, said: &mut String, wanted: &str) {
    while !said.contains(wanted) {
        let part = tokio::time::timeout(Duration::from_secs(20), stream.next()).await;
        let part = part.unwrap_or_else(|_| panic!("waited in vain for {wanted} after {said}"));
        said.push_str(std::str::from_utf8(&part.expect("the stream goes on").unwrap()).unwrap());
    }
}

async fn listen(world: &World, who: &str, last: Option<&str>) -> BodyDataStream {
    let mut request = World::request(Method::GET, "/events", who, Sent::Nothing);
    request.headers_mut().insert("accept", "text/event-stream".parse().unwrap());
    if let Some(last) = last {
        request.headers_mut().insert("last-event-id", last.parse().unwrap());
    }
    let response = world.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

#[tokio::test]
async fn a_stream_tells_what_happens_and_goes_on_where_it_broke_off() {
    let world = World::new().await;
    let (mut stream, mut said) = (listen(&world, "liaison", None).await, String::new());
    until(&mut stream, &mut said, "retry: 3000").await;
    write(&world, 1, "supervisor").await;
    write(&world, 0, "liaison").await;
    until(&mut stream, &mut said, "\n\n").await;
    until(&mut stream, &mut said, "event: message.sent").await;
    until(&mut stream, &mut said, "id: ").await;
    assert!(!said.contains(&id::<Uuid>(Kind::Institution, 1).to_string()), "another's: {said}");
    drop(stream);
    write(&world, 0, "liaison").await;
    // Whoever was away hears of both: the first was said before the place that they name.
    let (mut again, mut said) = (listen(&world, "liaison", Some("1")).await, String::new());
    while said.matches("event: message.sent").count() < 2 {
        let before = said.len();
        until(&mut again, &mut said, "event: message.sent").await;
        if said.len() == before {
            let part = tokio::time::timeout(Duration::from_secs(20), again.next()).await.expect("a second event");
            said.push_str(std::str::from_utf8(&part.unwrap().unwrap()).unwrap());
        }
    }
    assert!(!said.contains("start_class") && !said.contains("class.started"), "that was at the place: {said}");
    world.stop.cancel();
    let end = tokio::time::timeout(Duration::from_secs(5), async { while again.next().await.is_some() {} }).await;
    assert!(end.is_ok(), "a stop ends the stream");
}

#[tokio::test]
async fn a_webhook_is_kept_with_its_secret_out_of_sight() {
    let world = World::new().await;
    let new = json!({ "url": "https://hooks.example.org/x?key=geheim", "kinds": ["notice.published"] });
    let made = world.post("/webhooks", "manager", new).await.expect(201);
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() > 40, "{secret}");
    let listed = world.get("/webhooks", "manager").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert!(!listed.to_string().contains("whsec_"));
    let log = world.get("/audit", "auditor").await.text();
    assert!(log.contains("hooks.example.org") && !log.contains("geheim") && !log.contains(secret), "{log}");
    let other = world.ask(Method::POST, &format!("{}/secret", hook()), "manager", Sent::Nothing).await.expect(201);
    assert_ne!(other["secret"], made["secret"]);
    assert_eq!(other["webhook"]["earlier_until"], "2024-10-09T02:30:00Z", "both sign for a day");
    assert_eq!(world.audited().await, ["add_webhook", "rotate_webhook"]);
    for url in ["http://hooks.example.org/", "https://10.0.0.1/", "https://localhost/", "hooks"] {
        let refused = world.post("/webhooks", "manager", json!({ "url": url })).await;
        assert_eq!(refused.problem(), (422, "invalid".into(), "url".into()), "{url}");
    }
    let odd = world.post("/webhooks", "manager", json!({ "url": "https://x.example.org/", "kinds": ["x"] })).await;
    assert_eq!(odd.problem().1, "invalid");
    let inner = World::with(Settings { private_webhooks: true, ..Settings::default() }).await;
    inner.post("/webhooks", "manager", json!({ "url": "http://127.0.0.1:9/" })).await.expect(201);
}

#[tokio::test]
async fn what_happens_waits_for_each_webhook_and_is_sent_again_by_hand() {
    let world = World::new().await;
    let only = json!({ "url": "https://notices.example.org/", "kinds": ["notice.published"] });
    let only = world.post("/webhooks", "manager", only).await.expect(201)["webhook"]["id"].as_str().unwrap().to_owned();
    write(&world, 0, "liaison").await;
    let deliveries = world.get(&format!("{}/deliveries", hook()), "manager").await.expect(200);
    let states: Vec<_> = deliveries["items"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["pending", "delivered"]);
    let others = world.get(&format!("/webhooks/{only}/deliveries"), "manager").await.expect(200);
    assert_eq!(others["items"], json!([]), "it did not ask for messages");
    let again = async |seq: i64| {
        let path = format!("{}/deliveries/{seq}", hook());
        world.ask(Method::POST, &path, "manager", Sent::Nothing).await.status.as_u16()
    };
    assert_eq!(again(1).await, 202);
    assert_eq!(again(1).await, 409, "it is on its way");
    let pending = world.get("/webhooks", "manager").await.expect(200)["items"][0]["pending"].clone();
    assert_eq!(pending, 2);
    let removed = world.ask(Method::DELETE, &hook(), "manager", Sent::Nothing).await;
    assert_eq!(removed.status, 204);
    assert_eq!(world.get(&format!("{}/deliveries", hook()), "manager").await.status, 404);
    write(&world, 0, "liaison").await;
    assert_eq!(world.store.read().await.unwrap().webhooks_due(duxue_rules_now()).await.unwrap(), vec![]);
}

/// Late enough for everything that is due.
fn duxue_rules_now() -> jiff::Timestamp {
    "2030-01-01T00:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn whoever_was_away_for_too_long_is_told_so() {
    let world = World::new().await;
    for _ in 0..3 {
        write(&world, 0, "liaison").await;
        world.pass(60);
    }
    let all = heard(&world, "liaison").await;
    let places: Vec<i64> = all.iter().map(|event| event["seq"].as_i64().unwrap()).collect();
    // All but the last are let go; what is still on its way to a webhook would stay, so nothing is.
    assert_eq!(world.ask(Method::DELETE, &hook(), "manager", Sent::Nothing).await.status, 204);
    let mut tx = world.store.begin().await.unwrap();
    let before = all[2]["at"].as_str().unwrap().parse().unwrap();
    assert!(tx.prune_events(before).await.unwrap() >= 2);
    tx.commit().await.unwrap();
    let gone = world.get(&format!("/events?after={}", places[0]), "liaison").await;
    assert_eq!(gone.problem(), (410, "forgotten".into(), String::new()));
    for after in [format!("?after={}", places[1]), "?after=0".to_owned(), String::new()] {
        let list = world.get(&format!("/events{after}"), "liaison").await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{after}: nothing, or nothing more, is missed");
    }
    let (mut stream, mut said) = (listen(&world, "liaison", Some(&places[0].to_string())).await, String::new());
    until(&mut stream, &mut said, "event: reset").await;
    until(&mut stream, &mut said, "\n\n").await;
    until(&mut stream, &mut said, &format!("id: {}", places[2])).await;
    until(&mut stream, &mut said, &format!("\"forgotten_until\":{}", places[1])).await;
    write(&world, 0, "liaison").await;
    until(&mut stream, &mut said, "event: message.sent").await;
    assert_eq!(said.matches("event: ").count(), 2, "what it reads anew is not told once more: {said}");
    let (mut stream, mut said) = (listen(&world, "liaison", Some(&places[1].to_string())).await, String::new());
    until(&mut stream, &mut said, "event: message.sent").await;
    assert!(!said.contains("reset"), "{said}");
}
