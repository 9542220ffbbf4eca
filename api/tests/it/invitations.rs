//! Invitations, chosen passwords, and accounts that are closed.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, PASSWORD, id},
    world::World,
};

async fn sign_in(world: &World, username: &str, password: &str) -> Answer {
    world.post("/sign-in", "", json!({"username": username, "password": password})).await
}

fn secret(made: &Value) -> String {
    made["secret"].as_str().unwrap().to_owned()
}

fn user(kind: Kind) -> String {
    id::<Uuid>(kind, 9).to_string()
}

/// The cookie of a sign-in.
async fn signed_in(world: &World, username: &str, password: &str) -> String {
    let answer = sign_in(world, username, password).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn is_in(world: &World, cookie: &str) -> bool {
    world.get_with("/me", "", &[("cookie", cookie)]).await.status == 200
}

#[tokio::test]
async fn whoever_is_invited_chooses_name_and_password_once() {
    let world = World::new().await;
    let institution = id::<Uuid>(Kind::Institution, 0);
    let new = json!({"display_name": "新联络员", "role": "institution", "institution_id": institution});
    let made = world.post("/invitations", "manager", new).await.expect(201);
    let secret = secret(&made);
    let shown = world.post("/invitation", "", json!({"secret": secret})).await.expect(200);
    assert_eq!((&shown["role"], &shown["institution"]["name"]), (&json!("institution"), &json!("第0培训学校")));
    let accept = async |body: Value| world.post("/invitation/acceptance", "", body).await;
    let invalid = |field: &str| (422, "invalid".to_owned(), field.to_owned());
    for (body, field) in [
        (json!({"secret": "guess", "username": "neu", "password": PASSWORD}), "secret"),
        (json!({"secret": secret, "username": "neu", "password": "short"}), "password"),
        (json!({"secret": secret, "username": "n e u", "password": PASSWORD}), "username"),
        (json!({"secret": secret, "username": "manager", "password": PASSWORD}), "username"),
        (json!({"secret": secret, "password": PASSWORD}), "username"),
    ] {
        assert_eq!(accept(body).await.problem(), invalid(field));
    }
    let fine = json!({"secret": secret, "username": "neu", "password": "a new password"});
    assert_eq!(accept(fine.clone()).await.expect(201)["username"], "neu");
    let me = sign_in(&world, "neu", "a new password").await.expect(200);
    assert_eq!((&me["display_name"], &me["role"]), (&json!("新联络员"), &json!("institution")));
    assert_eq!(accept(fine).await.problem(), invalid("secret"), "once");
    let listed = world.get("/invitations", "manager").await;
    assert!(!listed.text().contains(&secret));
    assert!(listed.expect(200)["items"][0]["accepted_at"].is_string());
    assert_eq!(world.audited().await, ["invite", "accept_invitation", "sign_in"]);
}

#[tokio::test]
async fn an_invitation_runs_out_and_can_be_taken_back() {
    let world = World::new().await;
    let new = json!({"display_name": "新审计", "role": "auditor", "institution_id": null});
    let first = world.post("/invitations", "manager", new.clone()).await.expect(201);
    let second = world.post("/invitations", "manager", new).await.expect(201);
    let path = format!("/invitations/{}", first["invitation"]["id"].as_str().unwrap());
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.status, 204);
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.problem().1, "conflict");
    let look = async |made: &Value| world.post("/invitation", "", json!({"secret": secret(made)})).await.status;
    assert_eq!((look(&first).await.as_u16(), look(&second).await.as_u16()), (422, 200));
    world.pass(10 * 86_400);
    assert_eq!(look(&second).await, 422);
}

#[tokio::test]
async fn a_reset_ends_everything_that_was_signed_in() {
    let world = World::new().await;
    let wanted = json!({"name": "报表", "scopes": ["read_class"], "expires_at": "2024-12-01T00:00:00Z",
        "password": PASSWORD});
    let token = world.post("/tokens", "auditor", wanted).await.expect(201);
    let bearer = format!("Bearer {}", token["secret"].as_str().unwrap());
    for _ in 0..5 {
        assert_eq!(sign_in(&world, "auditor", "forgotten").await.status, 401);
    }
    let made = world.post(&format!("/users/{}/reset", user(Kind::Auditor)), "manager", Value::Null).await.expect(201);
    assert_eq!(world.get("/me", "auditor").await.status, 200, "the old password is good until the link is used");
    assert_eq!(made["invitation"]["resets"], "auditor");
    let body = json!({"secret": secret(&made), "password": "remembered now"});
    world.post("/invitation/acceptance", "", body).await.expect(201);
    assert_eq!(world.get("/me", "auditor").await.status, 401);
    assert_eq!(world.get_with("/me", "", &[("authorization", &bearer)]).await.status, 401);
    assert_eq!(sign_in(&world, "auditor", "remembered now").await.status, 200, "and the waiting is over");
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.status, 401);
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_old_one() {
    let world = World::new().await;
    let here = signed_in(&world, "liaison", PASSWORD).await;
    let there = signed_in(&world, "liaison", PASSWORD).await;
    let change = async |body: Value| {
        let mut request = World::request(Method::POST, "/me/password", "", Sent::Json(body));
        request.headers_mut().insert("cookie", here.parse().unwrap());
        world.send(request).await
    };
    let wrong = change(json!({"password": "guess", "new_password": "a new password"})).await;
    assert_eq!(wrong.problem(), (422, "invalid".into(), "password".into()));
    let short = change(json!({"password": PASSWORD, "new_password": "short"})).await;
    assert_eq!(short.problem(), (422, "invalid".into(), "new_password".into()));
    assert_eq!(change(json!({"password": PASSWORD, "new_password": "a new password"})).await.status, 204);
    assert!(is_in(&world, &here).await && !is_in(&world, &there).await);
    assert_eq!(world.get("/me", "liaison").await.status, 401, "the seed's sign-in has ended too");
    assert_eq!(sign_in(&world, "liaison", "a new password").await.status, 200);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_can_be_opened_again() {
    let world = World::new().await;
    let path = format!("/users/{}", user(Kind::Auditor));
    let patch = async |who: &str, path: &str, closed: bool| {
        world.ask(Method::PATCH, path, who, Sent::Json(json!({"closed": closed}))).await
    };
    assert!(patch("manager", &path, true).await.expect(200)["disabled_at"].is_string());
    assert_eq!(world.get("/me", "auditor").await.status, 401);
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.problem().1, "wrong-credentials");
    assert_eq!(patch("manager", &path, true).await.problem().1, "conflict");
    let reset = world.post(&format!("{path}/reset"), "manager", Value::Null).await;
    assert_eq!(reset.problem().1, "conflict");
    assert_eq!(patch("manager", &path, false).await.expect(200)["disabled_at"], Value::Null);
    assert_eq!(world.get("/me", "auditor").await.status, 401, "what had ended does not come back");
    assert_eq!(sign_in(&world, "auditor", PASSWORD).await.status, 200);
    let own = format!("/users/{}", user(Kind::Manager));
    assert_eq!(patch("manager", &own, true).await.problem(), (422, "invalid".into(), "closed".into()));
    assert_eq!(world.get("/me", "manager").await.status, 200);
}
