//! Signing in, out, being slowed, and other sites' pages.

use axum::{
    extract::ConnectInfo,
    http::{Method, StatusCode},
};
use serde_json::json;
use std::net::SocketAddr;

use crate::{
    ask::{Answer, Sent},
    seed::PASSWORD,
    world::World,
};

async fn try_from(world: &World, address: &str, username: &str, password: &str) -> Answer {
    let body = Sent::Json(json!({"username": username, "password": password}));
    let mut request = World::request(Method::POST, "/sign-in", "", body);
    let peer: SocketAddr = format!("{address}:40000").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    world.send(request).await
}

async fn sign_in(world: &World, username: &str, password: &str) -> Answer {
    try_from(world, "192.0.2.7", username, password).await
}

#[tokio::test]
async fn the_cookie_opens_and_signing_out_closes() {
    let world = World::new().await;
    let answer = sign_in(&world, "liaison", PASSWORD).await;
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let me = answer.expect(200);
    assert_eq!((&me["role"], &me["institution"]["name"]), (&json!("institution"), &json!("第0培训学校")));
    let actions: Vec<&str> = me["actions"].as_array().unwrap().iter().filter_map(|action| action.as_str()).collect();
    assert!(["read_class", "read_clip", "add_file", "send_report"].iter().all(|action| actions.contains(action)));
    assert!(["watch_live", "supervise", "read_audit"].iter().all(|action| !actions.contains(action)));
    let kept = cookie.split(';').next().unwrap();
    assert_eq!(world.get_with("/me", "", &[("cookie", kept)]).await.expect(200), me);

    let mut out = World::request(Method::POST, "/sign-out", "", Sent::Nothing);
    out.headers_mut().insert("cookie", kept.parse().unwrap());
    let out = world.send(out).await;
    assert!(out.status == StatusCode::NO_CONTENT && out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(world.get_with("/me", "", &[("cookie", kept)]).await.problem().1, "not-signed-in");
    assert_eq!(world.audited().await, ["sign_in", "sign_out"]);
}

#[tokio::test]
async fn the_token_rests_nowhere() {
    let world = World::new().await;
    let answer = sign_in(&world, "auditor", PASSWORD).await;
    let token = answer.header("set-cookie").split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 43);
    for file in ["duxue.db", "duxue.db-wal"] {
        let bytes = std::fs::read(world.dir().join(file)).unwrap_or_default();
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{file}");
    }
}

#[tokio::test]
async fn a_sign_in_ends_by_itself() {
    let world = World::new().await;
    let answer = sign_in(&world, "auditor", PASSWORD).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    world.pass(12 * 3600 - 1);
    assert_eq!(world.get_with("/me", "", &[("cookie", &cookie)]).await.status, 200);
    world.pass(1);
    assert_eq!(world.get_with("/me", "", &[("cookie", &cookie)]).await.status, 401);
}

#[tokio::test]
async fn wrong_names_and_wrong_passwords_look_the_same() {
    let world = World::new().await;
    let wrong = sign_in(&world, "auditor", "not the password").await;
    let unknown = sign_in(&world, "nobody-at-all", PASSWORD).await;
    assert_eq!(wrong.problem(), (401, "wrong-credentials".into(), String::new()));
    assert_eq!(wrong.problem(), unknown.problem());
    assert_eq!(wrong.json()["text"], unknown.json()["text"]);
    assert!(wrong.header("set-cookie").is_empty());
    assert_eq!(world.audited().await, ["sign_in_failed", "sign_in_failed"]);
}

#[tokio::test]
async fn whoever_was_disabled_cannot_sign_in_and_is_out_at_once() {
    let world = World::new().await;
    let auditor = duxue_rules::ids::UserId(crate::seed::id(crate::seed::Kind::Auditor, 9));
    assert_eq!(world.get("/me", "auditor").await.status, 200);
    let mut tx = world.store.begin().await.unwrap();
    tx.disable_user(auditor, crate::seed::at(crate::seed::NOW)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.get("/me", "auditor").await.status, 401);
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.problem().1, "wrong-credentials");
}

#[tokio::test]
async fn guessing_at_one_user_waits_even_with_the_right_password() {
    let world = World::new().await;
    for n in 0..5 {
        // From everywhere: the name is what is slowed.
        let answer = try_from(&world, &format!("198.51.100.{n}"), "auditor", "guess").await;
        assert_eq!(answer.problem().0, 401, "try {n}");
    }
    let slowed = try_from(&world, "198.51.100.9", "auditor", PASSWORD).await;
    assert_eq!(slowed.problem(), (429, "throttled".into(), String::new()));
    let wait: i64 = slowed.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(sign_in(&world, "manager", PASSWORD).await.status, 200, "others sign in as before");
    world.pass(wait);
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.status, 200);
    // Success forgets the failures.
    for _ in 0..4 {
        assert_eq!(sign_in(&world, "auditor", "guess").await.status, 401);
    }
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn many_tries_at_once_are_all_counted() {
    let world = World::new().await;
    let tries = (0..12).map(|_| sign_in(&world, "auditor", "guess"));
    let answers = futures::future::join_all(tries).await;
    let looked_at = answers.iter().filter(|answer| answer.status == 401).count();
    assert!(looked_at <= 5, "{looked_at} guesses were looked at");
}

#[tokio::test]
async fn guessing_from_one_address_waits_for_every_user() {
    let mut settings = duxue_api::Settings::default();
    settings.throttle_address.free_failures = 4;
    let world = World::with(settings).await;
    for n in 0..4 {
        assert_eq!(sign_in(&world, &format!("user{n}"), "guess").await.problem().0, 401);
    }
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.problem().0, 429);
    assert_eq!(try_from(&world, "192.0.2.8", "auditor", PASSWORD).await.status, 200, "another address");
    // A made-up X-Forwarded-For helps nobody.
    let body = Sent::Json(json!({"username": "manager", "password": PASSWORD}));
    let mut request = World::request(Method::POST, "/sign-in", "", body);
    request.extensions_mut().insert(ConnectInfo("192.0.2.7:1".parse::<SocketAddr>().unwrap()));
    request.headers_mut().insert("x-forwarded-for", "203.0.113.5".parse().unwrap());
    assert_eq!(world.send(request).await.status, 429);
}

#[tokio::test]
async fn other_sites_pages_write_nothing() {
    let world = World::new().await;
    for (name, value, status) in [
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://duxue.test:8443", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("origin", "http://duxue.test", 200),
        ("sec-fetch-site", "same-origin", 200),
    ] {
        let path = format!("/clips/{}/verify", crate::seed::id::<uuid::Uuid>(crate::seed::Kind::Clip, 0));
        let mut request = World::request(Method::POST, &path, "auditor", Sent::Nothing);
        request.headers_mut().insert(name, value.parse().unwrap());
        let answer = world.send(request).await;
        assert_eq!(answer.status, status, "{name}: {value}: {}", answer.text());
    }
    // Reading is left to the browser's own rules, but a socket is more than reading.
    let read = world.get_with("/me", "auditor", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(read.status, 200);
    let live = format!("/cameras/{}/live", crate::seed::id::<uuid::Uuid>(crate::seed::Kind::Camera, 0));
    let socket = [("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="), ("origin", "https://evil.example")];
    assert_eq!(world.get_with(&live, "auditor", &socket).await.problem().1, "cross-site");
}

#[tokio::test]
async fn over_https_the_cookie_is_for_nothing_else() {
    let settings = duxue_api::Settings { secure_cookie: true, ..Default::default() };
    let world = World::with(settings).await;
    assert!(sign_in(&world, "auditor", PASSWORD).await.header("set-cookie").contains("Secure"));
}
