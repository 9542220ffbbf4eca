//! Requests that may be repeated, tags of what is read, and the pace of whoever asks.

use axum::{extract::ConnectInfo, http::Method};
use duxue_api::{Rate, Settings};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, PASSWORD, attendance::bearer, id},
    world::World,
};

async fn keyed(world: &World, path: &str, who: &str, key: &str, body: Value) -> Answer {
    let mut request = World::request(Method::POST, path, who, Sent::Json(body));
    request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    world.send(request).await
}

fn venue(name: &str) -> Value {
    json!({"institution_id": id::<Uuid>(Kind::Institution, 0), "name": name})
}

#[tokio::test]
async fn a_repeated_request_is_done_once_and_answered_alike() {
    let world = World::new().await;
    let first = keyed(&world, "/venues", "manager", "\"7f2c\"", venue("三号教室")).await;
    let again = keyed(&world, "/venues", "manager", "7f2c", venue("三号教室")).await;
    assert_eq!((again.status, again.header("content-type")), (first.status, first.header("content-type")));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!(world.audited().await, ["add_venue"]);
    // The same key of another person is another key.
    assert_eq!(keyed(&world, "/venues", "supervisor", "7f2c", venue("四号教室")).await.status, 201);
    world.pass(24 * 3600);
    let later = keyed(&world, "/venues", "manager", "7f2c", venue("三号教室")).await;
    assert_eq!(later.problem(), (422, "invalid".into(), "name".into()), "a day later it is a new request");
}

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let world = World::new().await;
    assert_eq!(keyed(&world, "/venues", "manager", "k", venue("三号教室")).await.status, 201);
    let other = keyed(&world, "/venues", "manager", "k", venue("四号教室")).await;
    assert_eq!(other.problem(), (422, "invalid".into(), "Idempotency-Key".into()));
    let other = keyed(&world, "/institutions", "manager", "k", venue("三号教室")).await;
    assert_eq!(other.problem(), (422, "invalid".into(), "Idempotency-Key".into()));
    let long = "k".repeat(256);
    for key in ["", "\"\"", "a\"b", long.as_str()] {
        let answer = keyed(&world, "/venues", "manager", key, venue("五号教室")).await;
        assert_eq!(answer.problem(), (400, "bad-parameter".into(), "Idempotency-Key".into()), "{key}");
    }
    assert_eq!(keyed(&world, "/venues", "", "k", venue("三号教室")).await.problem().1, "not-signed-in");
    assert_eq!(world.audited().await, ["add_venue"]);
}

#[tokio::test]
async fn what_was_refused_may_be_tried_again_with_the_same_key() {
    let world = World::new().await;
    assert_eq!(keyed(&world, "/venues", "manager", "k", venue("")).await.problem().0, 422);
    assert_eq!(keyed(&world, "/venues", "auditor", "k", venue("三号教室")).await.problem().0, 403);
    assert_eq!(keyed(&world, "/venues", "manager", "k", venue("三号教室")).await.status, 201);
}

#[tokio::test]
async fn of_twins_one_is_done_and_the_other_waits_or_hears_the_same() {
    let world = World::new().await;
    let twins = (0..6).map(|_| keyed(&world, "/venues", "manager", "k", venue("三号教室")));
    let answers = futures::future::join_all(twins).await;
    let done: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert!(!done.is_empty() && done.iter().all(|answer| answer.bytes == done[0].bytes));
    for waiting in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(waiting.problem().1, "conflict");
    }
    assert_eq!(world.audited().await, ["add_venue"]);
}

#[tokio::test]
async fn whoever_hangs_up_is_served_to_the_end() {
    let world = World::new().await;
    let mut ask = Box::pin(keyed(&world, "/venues", "manager", "k", venue("三号教室")));
    while world.tracker.is_empty() {
        assert!(futures::poll!(ask.as_mut()).is_pending());
        if world.tracker.is_empty() {
            tokio::task::yield_now().await;
        }
    }
    // It is being done; nobody waits for it any more, as when a connection is gone.
    drop(ask);
    world.tracker.close();
    world.tracker.wait().await;
    let heard = keyed(&world, "/venues", "manager", "k", venue("三号教室")).await;
    assert_eq!((heard.status.as_u16(), heard.header("idempotency-replayed")), (201, "true"));
    assert_eq!(world.audited().await, ["add_venue"]);
}

#[tokio::test]
async fn a_device_repeats_too_and_a_secret_that_is_shown_once_does_not_rest() {
    let world = World::new().await;
    let punches = json!({"punches": [{"id": "1", "student_id": id::<Uuid>(Kind::Student, 0),
        "at": "2024-10-08T00:45:10Z", "method": "face"}]});
    let send = async || {
        let mut request = World::request(Method::POST, "/punches", "", Sent::Json(punches.clone()));
        request.headers_mut().insert("authorization", bearer(0).parse().unwrap());
        request.headers_mut().insert("idempotency-key", "k".parse().unwrap());
        world.send(request).await
    };
    let (first, again) = (send().await, send().await);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.expect(200), again.expect(200));

    let wanted = json!({"name": "报表", "scopes": ["read_class"], "expires_at": "2024-12-01T00:00:00Z",
        "password": PASSWORD});
    let made = keyed(&world, "/tokens", "manager", "k", wanted.clone()).await.expect(201);
    assert_eq!(keyed(&world, "/tokens", "manager", "k", wanted).await.expect(201), made);
    let secret = made["secret"].as_str().unwrap().as_bytes();
    for file in ["duxue.db", "duxue.db-wal"] {
        let bytes = std::fs::read(world.dir().join(file)).unwrap_or_default();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{file}");
    }
    // A sign-in is not repeated: its cookie would rest here.
    let body = json!({"username": "manager", "password": PASSWORD});
    for _ in 0..2 {
        let answer = keyed(&world, "/sign-in", "manager", "s", body.clone()).await;
        assert!(answer.status == 200 && answer.header("idempotency-replayed").is_empty());
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let world = World::new().await;
    let first = world.get("/classes", "manager").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 66, "{tag}");
    let same = world.get_with("/classes", "manager", &[("if-none-match", &tag)]).await;
    assert_eq!((same.status.as_u16(), same.bytes.len(), same.header("etag")), (304, 0, tag.as_str()));
    assert_ne!(world.get("/classes", "liaison").await.header("etag"), tag, "another's list is another");
    world.post("/venues", "manager", venue("三号教室")).await.expect(201);
    assert_eq!(world.get_with("/classes", "manager", &[("if-none-match", &tag)]).await.status, 304);
    let venues = world.get("/venues", "manager").await.header("etag").to_owned();
    world.post("/venues", "manager", venue("四号教室")).await.expect(201);
    assert_eq!(world.get_with("/venues", "manager", &[("if-none-match", &venues)]).await.status, 200);
    let refused = world.get_with("/audit", "liaison", &[("if-none-match", "*")]).await;
    assert_eq!(refused.problem().1, "forbidden", "a tag opens nothing");
    assert!(world.post("/venues", "manager", venue("")).await.header("etag").is_empty());
}

#[tokio::test]
async fn whoever_asks_too_fast_is_told_when_to_come_back() {
    let mut settings = Settings::default();
    settings.rates.sign_in = Rate { per_second: 2, burst: 5 };
    settings.rates.address = Rate { per_second: 2, burst: 8 };
    let world = World::with(settings).await;
    for _ in 0..5 {
        assert_eq!(world.get("/me", "auditor").await.status, 200);
    }
    let slowed = world.get("/me", "auditor").await;
    assert_eq!(slowed.problem(), (429, "throttled".into(), String::new()));
    assert_eq!(slowed.header("retry-after"), "1");
    assert_eq!(world.get("/me", "liaison").await.status, 200, "others are served");
    world.pass(1);
    assert_eq!(world.get("/me", "auditor").await.status, 200);

    let from = async |address: &str| {
        let mut request = World::request(Method::GET, "/public-key", "", Sent::Nothing);
        let peer: std::net::SocketAddr = format!("{address}:40000").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        world.send(request).await.status.as_u16()
    };
    for _ in 0..8 {
        assert_eq!(from("192.0.2.7").await, 200);
    }
    assert_eq!((from("192.0.2.7").await, from("192.0.2.8").await), (429, 200));
}
