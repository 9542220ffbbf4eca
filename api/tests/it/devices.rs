//! R7.3a: registering and withdrawing check-in devices.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, id},
    world::World,
};

fn new(name: &str) -> Value {
    json!({ "venue_id": id::<Uuid>(Kind::Venue, 0), "name": name })
}

async fn send(world: &World, token: &str, body: Value) -> Answer {
    let mut request = World::request(Method::POST, "/punches", "", Sent::Json(body));
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    world.send(request).await
}

#[tokio::test]
async fn a_registered_device_sends_punches_until_it_is_withdrawn() {
    let world = World::new().await;
    let registered = world.post("/devices", "manager", new(" 后门 ")).await.expect(201);
    let token = registered["token"].as_str().unwrap().to_owned();
    assert_eq!((registered["device"]["name"].as_str(), token.len()), (Some("后门"), 43));
    send(&world, &token, json!({ "punches": [] })).await.expect(200);
    let listed = world.get("/devices", "liaison").await;
    assert!(!listed.text().contains(&token), "the token is shown once");
    let listed = listed.expect(200);
    assert_eq!(listed["items"][1]["last_seen_at"], crate::seed::NOW);

    let path = format!("/devices/{}", registered["device"]["id"].as_str().unwrap());
    world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.expect(204);
    assert_eq!(send(&world, &token, json!({ "punches": [] })).await.problem().1, "not-signed-in");
    assert_eq!(world.ask(Method::DELETE, &path, "manager", Sent::Nothing).await.problem().1, "conflict");
    assert_eq!(world.audited().await, ["register_device", "withdraw_device"]);
}

#[tokio::test]
async fn a_device_hangs_in_a_classroom_and_has_a_name_there() {
    let world = World::new().await;
    assert_eq!(world.post("/devices", "manager", new("门口")).await.problem(), (422, "invalid".into(), "name".into()));
    assert_eq!(world.post("/devices", "manager", new("  ")).await.problem().2, "name");
    let nowhere = json!({ "venue_id": Uuid::from_u128(7), "name": "窗边" });
    assert_eq!(world.post("/devices", "manager", nowhere).await.problem().2, "venue_id");
    assert_eq!(send(&world, "guessed", json!({ "punches": [] })).await.problem().1, "not-signed-in");
    assert_eq!(world.audited().await, [""; 0]);
}
