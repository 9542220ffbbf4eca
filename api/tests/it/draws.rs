//! R7.4c: draws.

use duxue_rules::{
    draw::{Candidate, Draw, Seed},
    ids::ClassId,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id},
    world::World,
};

async fn draw(world: &World, body: Value) -> Value {
    world.post("/draws", "supervisor", body).await.expect(201)
}

#[tokio::test]
async fn a_draw_can_be_drawn_again_by_anyone_from_what_is_recorded() {
    let world = World::new().await;
    let drawn = draw(&world, json!({ "wanted": 1 })).await;
    assert_eq!((&drawn["number"], &drawn["date"], &drawn["reason"]), (&json!(1), &json!("2024-10-08"), &Value::Null));
    let candidates = drawn["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2, "both classes are taught today");
    // One open finding each weighs two beside the base of one; the manager has looked at both this week.
    assert_eq!((&candidates[0]["open_findings"], &candidates[0]["weight"]), (&json!(1), &candidates[1]["weight"]));
    assert_eq!(candidates[0]["confirmed_violations"], 5, "those that stand count, a mere charge does not");
    let seed: [u8; 32] = hex::decode(drawn["seed"].as_str().unwrap()).unwrap().try_into().unwrap();
    let again = candidates.iter().map(|candidate| Candidate {
        id: candidate["class"]["id"].as_str().unwrap().parse().unwrap(),
        weight: u32::try_from(candidate["weight"].as_u64().unwrap()).unwrap(),
    });
    let again = Draw::new(again, 1, Seed(seed)).drawn;
    assert_eq!(drawn["drawn"][0]["id"], json!(again[0]));
    assert_eq!(world.audited().await, ["draw_classes"]);
}

#[tokio::test]
async fn nothing_is_drawn_again_in_silence() {
    let world = World::new().await;
    let reason = json!({ "wanted": 1, "reason": "抽中的班次停课" });
    let early = world.post("/draws", "supervisor", reason.clone()).await;
    assert_eq!((early.problem().2.as_str(), &early.json()["rule"]), ("reason", &json!("R7.4c")));
    draw(&world, json!({ "wanted": 1 })).await;
    world.pass(60);
    let silent = world.post("/draws", "manager", json!({ "wanted": 1, "reason": " " })).await;
    assert_eq!(silent.problem(), (422, "invalid".into(), "reason".into()));
    let second = draw(&world, reason).await;
    assert_eq!((&second["number"], &second["reason"]), (&json!(2), &json!("抽中的班次停课")));
    let all = world.get("/draws", "auditor").await.expect(200);
    let numbers: Vec<_> = all["items"].as_array().unwrap().iter().map(|draw| draw["number"].clone()).collect();
    assert_eq!(numbers, [json!(2), json!(1)], "the first stays");
}

#[tokio::test]
async fn all_are_drawn_where_there_are_fewer_and_none_is_refused() {
    let world = World::new().await;
    let drawn = draw(&world, json!({ "wanted": 9 })).await;
    let mut classes: Vec<ClassId> =
        drawn["drawn"].as_array().unwrap().iter().map(|class| class["id"].as_str().unwrap().parse().unwrap()).collect();
    classes.sort();
    assert_eq!(classes, [0, 1].map(|side| ClassId(id::<Uuid>(Kind::Class, side))));
    for wanted in [0, 101] {
        let refused = world.post("/draws", "supervisor", json!({ "wanted": wanted })).await;
        assert_eq!(refused.problem().2, "wanted");
    }
}
