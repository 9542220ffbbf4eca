//! Tokens: what they may do, what none may, and how they end.

use axum::http::Method;
use duxue_rules::access::{Action, Actor, Role, scopes::Scopes};
use duxue_storage::{api_token::NewApiToken, sign_in::Token};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    rows::{
        Who::{Listed, These},
        address, rows,
    },
    seed::{Kind, NOW, PASSWORD, at, id},
    world::World,
};

/// Asks with a token, and with nothing else.
async fn with(world: &World, secret: &str, method: Method, path: &str, sent: Sent) -> Answer {
    let mut request = World::request(method, path, "", sent);
    request.headers_mut().insert("authorization", format!("Bearer {secret}").parse().unwrap());
    world.send(request).await
}

async fn get(world: &World, secret: &str, path: &str) -> Answer {
    with(world, secret, Method::GET, path, Sent::Nothing).await
}

fn wanted(name: &str, scopes: &[&str]) -> Value {
    json!({"name": name, "scopes": scopes, "expires_at": "2024-12-01T00:00:00Z", "password": PASSWORD})
}

/// Makes one; its secret and identity.
async fn made(world: &World, who: &str, name: &str, scopes: &[&str]) -> (String, String) {
    let made = world.post("/tokens", who, wanted(name, scopes)).await.expect(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["secret"]), text(&made["token"]["id"]))
}

/// One that is simply there.
async fn keep(world: &World, secret: &str, owner: Kind, role: Role, scope: Action) {
    let institution = (role == Role::Institution).then(|| id(Kind::Institution, 0));
    let token = NewApiToken {
        id: duxue_rules::ids::ApiTokenId(Uuid::now_v7()),
        owner: id(owner, 9),
        name: secret.into(),
        token: Token::received(secret).hash(),
        scopes: Scopes::grant(Actor { role, institution }, &[scope]).unwrap(),
        created_at: at(NOW),
        expires_at: at("2024-12-01T00:00:00Z"),
    };
    let mut tx = world.store.begin().await.unwrap();
    tx.add_api_token(&token).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for() {
    let world = World::new().await;
    let (secret, id) = made(&world, "liaison", "报表", &["read_class", "send_report"]).await;
    assert!(secret.starts_with("duxue_"), "{secret}");
    assert_eq!(get(&world, &secret, "/classes").await.status, 200);
    assert_eq!(get(&world, &secret, "/clips").await.problem(), (403, "beyond-token".into(), String::new()));
    assert_eq!(get(&world, &secret, "/audit").await.problem().1, "forbidden", "the role may not either");
    let me = get(&world, &secret, "/me").await.expect(200);
    assert_eq!((&me["username"], &me["actions"]), (&json!("liaison"), &json!(["read_class", "send_report"])));
    // The list shows it, in use, without its secret.
    let listed = world.get("/tokens", "liaison").await;
    assert!(!listed.text().contains(&secret[6..]));
    let listed = listed.expect(200);
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["last_used_at"]), (&json!(id), &json!(NOW)));
    for file in ["duxue.db", "duxue.db-wal"] {
        let bytes = std::fs::read(world.dir().join(file)).unwrap_or_default();
        assert!(!bytes.windows(43).any(|window| window == &secret.as_bytes()[6..]), "{file}");
    }
}

#[tokio::test]
async fn what_a_token_did_says_so_in_the_log() {
    let world = World::new().await;
    let (secret, id) = made(&world, "liaison", "报表", &["send_report", "read_class"]).await;
    let path = format!("/classes/{}/reports/2024-10-08", crate::seed::id::<Uuid>(Kind::Class, 0));
    let sent = with(&world, &secret, Method::PUT, &path, Sent::Json(crate::reports::fine())).await;
    assert!(sent.status.is_success(), "{}", sent.text());
    let entries = world.store.read().await.unwrap().audit_entries(None, 1).await.unwrap();
    assert_eq!(entries[0].entry.detail["by_token"], json!(id));
    assert_eq!(world.audited().await[0], "make_token");
}

#[tokio::test]
async fn nobody_makes_a_token_wider_than_themselves_or_without_an_end() {
    let world = World::new().await;
    let field = async |who: &str, body: Value| world.post("/tokens", who, body).await.problem();
    let invalid = |field: &str| (422, "invalid".to_owned(), field.to_owned());
    assert_eq!(field("auditor", wanted("a", &["read_audit", "edit_user"])).await, invalid("scopes"));
    assert_eq!(field("auditor", wanted("a", &[])).await, invalid("scopes"));
    assert_eq!(field("auditor", wanted("", &["read_audit"])).await, invalid("name"));
    for expires_at in ["2024-10-08T02:30:00Z", "2025-10-10T00:00:00Z"] {
        let mut body = wanted("a", &["read_audit"]);
        body["expires_at"] = json!(expires_at);
        assert_eq!(field("auditor", body).await, invalid("expires_at"), "{expires_at}");
    }
    let mut guess = wanted("a", &["read_audit"]);
    guess["password"] = json!("not the password");
    for _ in 0..5 {
        assert_eq!(field("auditor", guess.clone()).await, invalid("password"));
    }
    assert_eq!(field("auditor", guess).await.0, 429, "it is no way to guess passwords");
    assert_eq!(world.get("/tokens", "auditor").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn every_route_asks_what_a_token_was_made_for() {
    let world = World::new().await;
    let people = [
        ('M', Kind::Manager, Role::Manager, Action::EditIntegration),
        ('S', Kind::Supervisor, Role::Supervisor, Action::Supervise),
        ('A', Kind::Auditor, Role::Auditor, Action::ReadAudit),
        ('I', Kind::Liaison, Role::Institution, Action::SendReport),
    ];
    for (letter, owner, role, other) in people {
        keep(&world, &format!("duxue_{letter}1"), owner, role, Action::ReadClass).await;
        keep(&world, &format!("duxue_{letter}2"), owner, role, other).await;
    }
    for row in rows() {
        let (These(may) | Listed(may)) = row.2 else { continue };
        let method: Method = row.0.to_uppercase().parse().unwrap();
        for (letter, ..) in people.iter().filter(|person| may.contains(person.0)) {
            // No action is in both scopes, so that one of the two at least is not made for this.
            let mut refused = 0;
            for n in [1, 2] {
                let path = address(row.1, 0);
                let answer = with(&world, &format!("duxue_{letter}{n}"), method.clone(), &path, row.3(0)).await;
                let word = if answer.status == 403 { answer.word() } else { String::new() };
                refused += u32::from(
                    ["beyond-token", "in-person-only"].contains(&word.as_str())
                        || (row.0 == "head" && answer.status == 403),
                );
            }
            assert!(refused > 0, "{letter}: {} {} asks for no scope", row.0, row.1);
        }
    }
}

#[tokio::test]
async fn no_token_signs_or_makes_tokens_or_accounts() {
    let world = World::new().await;
    let all: Vec<Value> = world.get("/me", "manager").await.expect(200)["actions"].as_array().unwrap().clone();
    let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
    let (secret, own) = made(&world, "manager", "全部", &all).await;
    let new_user = json!({"username": "neu", "display_name": "新人", "role": "manager", "password": "long enough"});
    let in_person = (403, "in-person-only".to_owned(), String::new());
    for (method, path, body) in [
        (Method::POST, "/tokens".to_owned(), wanted("next", &["read_class"])),
        (Method::DELETE, format!("/tokens/{own}"), Value::Null),
        (Method::POST, "/users".to_owned(), new_user),
        (Method::POST, "/sign-out".to_owned(), Value::Null),
    ] {
        let answer = with(&world, &secret, method, &path, Sent::Json(body)).await;
        assert_eq!(answer.problem(), in_person, "{path}");
    }
    let signing = rows().into_iter().find(|row| row.1 == "/inspections/{id}/signatures").unwrap();
    let answer = with(&world, &secret, Method::POST, &address(signing.1, 0), signing.3(0)).await;
    assert_eq!(answer.problem(), in_person, "the password alone, sent by a program, signs nothing");
    assert_eq!(world.audited().await, ["make_token"]);
}

#[tokio::test]
async fn a_revoked_or_expired_token_is_nobody() {
    let world = World::new().await;
    let (first, id) = made(&world, "liaison", "一", &["read_class"]).await;
    let (second, _) = made(&world, "liaison", "二", &["read_class"]).await;
    let path = format!("/tokens/{id}");
    assert_eq!(world.ask(Method::DELETE, &path, "liaison", Sent::Nothing).await.status, 204);
    assert_eq!(get(&world, &first, "/classes").await.problem().1, "not-signed-in");
    assert_eq!(world.ask(Method::DELETE, &path, "liaison", Sent::Nothing).await.problem().1, "conflict");
    world.pass(60 * 86_400);
    assert_eq!(get(&world, &second, "/classes").await.problem().1, "not-signed-in");
}

#[tokio::test]
async fn a_manager_sees_and_revokes_everybodys() {
    let world = World::new().await;
    let (secret, id) = made(&world, "liaison", "报表", &["read_class"]).await;
    let everybodys = "/tokens?whose=everybodys";
    for who in ["supervisor", "auditor", "liaison"] {
        assert_eq!(world.get(everybodys, who).await.problem().1, "forbidden", "{who}");
        if who != "liaison" {
            let answer = world.ask(Method::DELETE, &format!("/tokens/{id}"), who, Sent::Nothing).await;
            assert_eq!(answer.problem().1, "forbidden", "{who}");
        }
    }
    let listed = world.get(everybodys, "manager").await.expect(200);
    let owners: Vec<&str> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| token["owner"]["display_name"].as_str().unwrap())
        .collect();
    assert_eq!(owners, ["liaison 先生", "other 先生"]);
    assert_eq!(world.ask(Method::DELETE, &format!("/tokens/{id}"), "manager", Sent::Nothing).await.status, 204);
    assert_eq!(get(&world, &secret, "/classes").await.status, 401);
    let nowhere = format!("/tokens/{}", Uuid::now_v7());
    assert_eq!(world.ask(Method::DELETE, &nowhere, "manager", Sent::Nothing).await.problem().1, "not-found");
    assert_eq!(world.ask(Method::DELETE, &nowhere, "auditor", Sent::Nothing).await.problem().1, "forbidden");
}

#[tokio::test]
async fn a_program_has_no_page_and_a_page_no_token() {
    let world = World::new().await;
    let (secret, _) = made(&world, "auditor", "核验", &["read_clip"]).await;
    let path = format!("/clips/{}/verify", id::<Uuid>(Kind::Clip, 0));
    let mut request = World::request(Method::POST, &path, "", Sent::Nothing);
    request.headers_mut().insert("authorization", format!("Bearer {secret}").parse().unwrap());
    request.headers_mut().insert("origin", "https://dashboard.example".parse().unwrap());
    assert_eq!(world.send(request).await.status, 200);
    // A made-up token beside a good cookie: the cookie is not looked at.
    let mut request = World::request(Method::POST, &path, "auditor", Sent::Nothing);
    request.headers_mut().insert("authorization", "Bearer made-up".parse().unwrap());
    request.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    assert_eq!(world.send(request).await.problem().1, "not-signed-in");
}
