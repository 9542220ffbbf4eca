//! The second factor: set up by a code, asked for at signing in, each code good once, guessing slowed, asked of the centre.

use axum::http::Method;
use duxue_api::{SecondFactorOf, Settings};
use serde_json::{Value, json};

use crate::{
    ask::{Answer, Sent},
    seed::{
        PASSWORD,
        accounts::{code, totp},
        at,
    },
    world::World,
};

async fn sign_in(world: &World, username: &str) -> Answer {
    world.post("/sign-in", "", json!({"username": username, "password": PASSWORD})).await
}

async fn ticket(world: &World, username: &str) -> String {
    sign_in(world, username).await.expect(202)["ticket"].as_str().unwrap().to_owned()
}

async fn second(world: &World, ticket: &str, code: &str) -> Answer {
    world.post("/sign-in/code", "", json!({"ticket": ticket, "code": code})).await
}

/// The code so many seconds after the seed's now.
fn later(seconds: i64) -> String {
    totp().code_at(at(crate::seed::NOW) + jiff::SignedDuration::from_secs(seconds))
}

/// Switches the auditor's on; the recovery codes.
async fn switched_on(world: &World) -> Vec<String> {
    let on = world.post("/me/second-factor/confirmation", "auditor", json!({"code": code()})).await.expect(200);
    on["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn it_is_on_once_a_code_was_shown_and_signing_in_then_takes_two_steps() {
    let world = World::new().await;
    let wrong = world.post("/me/second-factor", "auditor", json!({"password": "guess"})).await;
    assert_eq!(wrong.problem(), (422, "invalid".into(), "password".into()));
    let begun = world.post("/me/second-factor", "auditor", json!({"password": PASSWORD})).await.expect(201);
    let secret = begun["secret"].as_str().unwrap();
    assert_eq!(begun["uri"], format!("otpauth://totp/duxue:auditor?secret={secret}&issuer=duxue"));
    assert_eq!(sign_in(&world, "auditor").await.status, 200, "a code was never shown");
    let old = world.post("/me/second-factor/confirmation", "auditor", json!({"code": code()})).await;
    assert_eq!(old.problem(), (422, "invalid".into(), "code".into()), "that of a secret begun before");

    let world = World::new().await;
    let codes = switched_on(&world).await;
    assert_eq!(codes.len(), 10);
    let standing = world.get("/me/second-factor", "auditor").await.expect(200);
    assert_eq!((&standing["required"], &standing["recovery_codes"]), (&json!(false), &json!(10)));
    let answer = sign_in(&world, "auditor").await;
    assert!(answer.header("set-cookie").is_empty(), "no cookie yet");
    let ticket = answer.expect(202)["ticket"].as_str().unwrap().to_owned();
    assert_eq!(world.get_with("/me", "", &[("cookie", &format!("duxue={ticket}"))]).await.status, 401);
    world.pass(30);
    let done = second(&world, &ticket, &later(30)).await;
    let cookie = done.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(done.expect(200)["username"], "auditor");
    assert_eq!(world.get_with("/me", "", &[("cookie", &cookie)]).await.status, 200);
    assert_eq!(second(&world, &ticket, &later(60)).await.problem().1, "not-signed-in", "a ticket is good once");
    assert_eq!(world.audited().await, ["confirm_second_factor", "sign_in"]);
}

#[tokio::test]
async fn a_code_that_was_used_is_refused() {
    let world = World::new().await;
    switched_on(&world).await;
    let first = ticket(&world, "auditor").await;
    assert_eq!(second(&world, &first, &code()).await.problem().1, "wrong-code", "it switched the second factor on");
    assert_eq!(second(&world, &first, &later(30)).await.status, 200, "the next one, by a clock a little ahead");
    let other = ticket(&world, "auditor").await;
    assert_eq!(second(&world, &other, &later(30)).await.problem().1, "wrong-code", "looked at over a shoulder");
    world.pass(301);
    assert_eq!(second(&world, &other, &later(301)).await.problem().1, "not-signed-in", "the ticket has run out");
}

#[tokio::test]
async fn of_two_at_once_with_the_same_code_one_gets_in() {
    let world = World::new().await;
    switched_on(&world).await;
    let tickets = [ticket(&world, "auditor").await, ticket(&world, "auditor").await];
    world.pass(30);
    let code = later(30);
    let answers = futures::future::join_all(tickets.iter().map(|ticket| second(&world, ticket, &code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    let world = World::new().await;
    let codes = switched_on(&world).await;
    let typed = codes[3].to_lowercase().replace('-', " ");
    assert_eq!(second(&world, &ticket(&world, "auditor").await, &typed).await.status, 200);
    assert_eq!(second(&world, &ticket(&world, "auditor").await, &codes[3]).await.problem().1, "wrong-code");
    let standing = world.get("/me/second-factor", "colleague").await;
    assert_eq!(standing.status, 401);
}

#[tokio::test]
async fn guessing_codes_waits_like_guessing_passwords() {
    let world = World::new().await;
    switched_on(&world).await;
    let ticket = ticket(&world, "auditor").await;
    for n in 0..4 {
        assert_eq!(second(&world, &ticket, "000000").await.problem().1, "wrong-code", "try {n}");
    }
    assert_eq!(second(&world, &ticket, &later(30)).await.problem().0, 429, "even the right one");
    assert_eq!(sign_in(&world, "auditor").await.problem().0, 429, "the password again does not help");
    world.pass(60);
    assert_eq!(second(&world, &ticket, &later(60)).await.status, 200);
    // Both steps of a good sign-in forget what went before.
    world.pass(30);
    for n in 3..6 {
        let answer = sign_in(&world, "auditor").await;
        let ticket = answer.expect(202)["ticket"].as_str().unwrap().to_owned();
        assert_eq!(second(&world, &ticket, &later(30 * n)).await.status, 200, "step {n}");
        world.pass(30);
    }
}

#[tokio::test]
async fn it_goes_with_password_and_code_or_by_a_manager() {
    let world = World::new().await;
    switched_on(&world).await;
    let remove = async |password: &str, code: &str| {
        let body = json!({"password": password, "code": code});
        world.post("/me/second-factor/removal", "auditor", body).await
    };
    assert_eq!(remove("guess", &later(30)).await.problem(), (422, "invalid".into(), "password".into()));
    assert_eq!(remove(PASSWORD, "000000").await.problem(), (422, "invalid".into(), "code".into()));
    let body = json!({"password": PASSWORD, "code": later(30)});
    let renewed = world.post("/me/second-factor/recovery-codes", "auditor", body).await.expect(200);
    let renewed = renewed["recovery_codes"][0].as_str().unwrap().to_owned();
    assert_eq!(remove(PASSWORD, &renewed).await.status, 204);
    assert_eq!(sign_in(&world, "auditor").await.status, 200);

    let world = World::new().await;
    switched_on(&world).await;
    let path = format!("/users/{}/second-factor", crate::seed::id::<uuid::Uuid>(crate::seed::Kind::Auditor, 9));
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.status, 204);
    assert_eq!(world.get("/me", "auditor").await.status, 401, "whoever is signed in there is out");
    assert_eq!(sign_in(&world, "auditor").await.status, 200);
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.problem().1, "conflict");
}

#[tokio::test]
async fn where_it_is_asked_of_the_centre_nobody_there_does_anything_before() {
    let world = World::with(Settings { second_factor: SecondFactorOf::Centre, ..Settings::default() }).await;
    let me = sign_in(&world, "auditor").await.expect(200);
    assert_eq!(me["must_enrol"], true);
    for path in ["/classes", "/tokens", "/system"] {
        assert_eq!(world.get(path, "auditor").await.problem().1, "second-factor-first", "{path}");
    }
    let token = json!({"name": "报表", "scopes": ["read_class"], "expires_at": "2024-12-01T00:00:00Z",
        "password": PASSWORD});
    assert_eq!(world.post("/tokens", "auditor", token).await.problem().1, "second-factor-first");
    assert_eq!(world.get("/me", "auditor").await.expect(200)["must_enrol"], true);
    assert_eq!(world.get("/me", "liaison").await.expect(200)["must_enrol"], false);
    assert_eq!(world.get("/classes", "liaison").await.status, 200, "an institution's people may do without");
    switched_on(&world).await;
    assert_eq!(world.get("/classes", "auditor").await.status, 200);
    assert_eq!(world.get("/me", "auditor").await.expect(200)["must_enrol"], false);
    // Taken off for a new device: nothing until the next is on.
    let body = json!({"password": PASSWORD, "code": later(30)});
    assert_eq!(world.post("/me/second-factor/removal", "auditor", body).await.status, 204);
    assert_eq!(world.get("/classes", "auditor").await.problem().1, "second-factor-first");
    assert_eq!(world.post("/me/second-factor", "auditor", json!({"password": PASSWORD})).await.status, 201);
    assert_eq!(world.ask(Method::POST, "/sign-out", "auditor", Sent::Json(Value::Null)).await.status, 204);
}
