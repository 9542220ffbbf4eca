//! Hostile and careless requests: each gets one clear answer that names the field, and nothing changes.

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id, token},
    world::World,
};

#[tokio::test]
async fn unknown_keys_are_refused_by_name() {
    let world = World::new().await;
    let class = id::<Uuid>(Kind::Class, 0);
    let finding = id::<Uuid>(Kind::Finding, 0);
    let mut report = crate::reports::fine();
    report["presents"] = json!(1);
    for (method, path, body, field) in [
        (Method::POST, "/sign-in".to_owned(), json!({"username": "a", "password": "b", "remember": true}), "remember"),
        (Method::POST, format!("/findings/{finding}/decision"), json!({"outcome": "confirmed", "reasn": "x"}), "reasn"),
        (Method::PUT, format!("/classes/{class}/reports/2024-10-08"), report, "presents"),
        (Method::POST, "/users".to_owned(), json!({"is_admin": true}), "is_admin"),
        (Method::POST, "/users".to_owned(), json!({"username": 7}), "username"),
        (Method::POST, "/users".to_owned(), json!({"username": "x", "display_name": "x", "role": "root"}), "role"),
        (Method::POST, "/clips".to_owned(), json!({"session_id": "x"}), "session_id"),
        (Method::POST, "/clips".to_owned(), json!({}), "session_id"),
    ] {
        let answer = world.ask(method, &path, "manager", Sent::Json(body.clone())).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()), "{path} {body}");
        assert!(!answer.json()["text"]["zh"].as_str().unwrap().is_empty());
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn queries_refuse_what_they_do_not_know() {
    let world = World::new().await;
    for (query, field) in [
        ("/findings?stat=open", "stat"),
        ("/findings?state=nonsense", "state"),
        ("/findings?class_id=7", "class_id"),
        ("/clips?before=nonsense", "before"),
        ("/audit?before=x", "before"),
        ("/watches?limit=100000", "limit"),
        ("/days", "date"),
        ("/days?date=2024-02-30", "date"),
    ] {
        assert_eq!(world.get(query, "auditor").await.problem(), (400, "bad-parameter".into(), field.into()), "{query}");
    }
}

#[tokio::test]
async fn hostile_identities_are_no_more_than_wrong() {
    let world = World::new().await;
    for bad in ["1", "null", "..%2f..%2fetc%2fpasswd", "%00", "'%20OR%201=1--", "%F0%9F%92%A9", "%ff"] {
        for path in ["/cameras/{}", "/clips/{}/content", "/segments/{}/content", "/findings/{}", "/classes/{}/students"]
        {
            let answer = world.get(&path.replace("{}", bad), "auditor").await;
            assert_eq!(answer.problem(), (400, "bad-parameter".into(), "id".into()), "{path} {bad}");
            assert!(!answer.text().contains("passwd"), "what was sent comes back: {}", answer.text());
        }
    }
    let frame = format!("/findings/{}/frames", id::<Uuid>(Kind::Finding, 0));
    for bad in ["1.jpg", "-1.jpg", "0.png", "0", "..%2f0.jpg", "99999999999999999999.jpg"] {
        assert_eq!(world.get(&format!("{frame}/{bad}"), "auditor").await.problem().1, "not-found", "{bad}");
    }
    let long = "a".repeat(20_000);
    assert_eq!(world.get(&format!("/cameras/{long}"), "auditor").await.status, 400);
}

#[tokio::test]
async fn bodies_are_json_and_of_a_size() {
    let world = World::new().await;
    let path = format!("/findings/{}/decision", id::<Uuid>(Kind::Finding, 0));
    let fine = json!({"outcome": "confirmed", "reason": "ok"}).to_string().into_bytes();
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json2"]
    {
        let answer = world.ask(Method::POST, &path, "manager", Sent::Raw(kind, fine.clone())).await;
        assert_eq!(answer.problem().1, "unsupported-media-type", "{kind}");
    }
    let cookie = format!("duxue={}", token("manager").secret());
    let untyped = Request::post(format!("/api/v1{path}")).header("cookie", cookie).body(Body::from(fine.clone()));
    assert_eq!(world.send(untyped.unwrap()).await.problem().0, 415);
    for text in ["", "{", "[1,2", "{\"outcome\":\"confirmed\",\"reason\":\"\\ud800\"}"] {
        let answer = world.ask(Method::POST, &path, "manager", Sent::Raw("application/json", text.into())).await;
        assert_eq!(answer.problem().1, "bad-json", "{text}");
    }
    let deep = "[".repeat(200_000).into_bytes();
    let answer = world.ask(Method::POST, &path, "manager", Sent::Raw("application/json", deep)).await;
    assert_eq!(answer.problem().1, "bad-json");
    let huge = vec![b' '; 300_000];
    let answer = world.ask(Method::POST, &path, "manager", Sent::Raw("application/json", huge)).await;
    assert_eq!(answer.problem().1, "too-large");
    assert_eq!(world.audited().await, [""; 0]);
    let charset = Sent::Raw("application/json; charset=utf-8", fine);
    assert_eq!(world.ask(Method::POST, &path, "manager", charset).await.status, 200);
}

#[tokio::test]
async fn text_that_cannot_be_stored_is_a_field_error() {
    let world = World::new().await;
    let path = format!("/findings/{}/decision", id::<Uuid>(Kind::Finding, 0));
    let answer = world.post(&path, "manager", json!({"outcome": "confirmed", "reason": "a\u{0}b"})).await;
    assert_eq!(answer.problem().0, 422);
    let answer = world.post(&path, "manager", json!({"outcome": "confirmed", "reason": "长".repeat(2001)})).await;
    assert_eq!(answer.problem(), (422, "invalid".into(), "reason".into()));
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_guarding_headers() {
    let world = World::new().await;
    for (path, status) in [("/me", 200), ("/nowhere", 404), ("/cameras/x", 400)] {
        let answer = world.get_with(path, "auditor", &[("x-request-id", "chosen-by-client")]).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.header("x-request-id").parse::<Uuid>().is_ok(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
    assert_eq!(world.get("/nowhere", "").await.problem().1, "not-found");
    let wrong = world.ask(Method::PUT, "/me", "auditor", Sent::Nothing).await;
    assert_eq!(wrong.problem().1, "method-not-allowed");
}

#[tokio::test]
async fn health_is_open_and_says_what_does_not_work() {
    let world = World::new().await;
    let health = async || {
        let request = Request::get("/healthz").body(Body::empty()).unwrap();
        world.send(request).await
    };
    assert_eq!(health().await.expect(200), json!({"ok": true, "database": true, "disk": true, "analysis": true}));
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    world.cameras.full.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(health().await.expect(200), json!({"ok": true, "database": true, "disk": false, "analysis": false}));
    world.store.close().await;
    assert_eq!(health().await.status, 503);
    let answer = world.get("/me", "auditor").await;
    assert_eq!(answer.problem().1, "unavailable", "a database that is gone is our trouble, and a passing one");
}
