//! R9.1, R9.2: how a class's video evidence stands.

use duxue_rules::Text;
use duxue_storage::session::NewSession;
use jiff::{SignedDuration, ToSpan, civil::date};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, at, id, span},
    world::World,
};

async fn standing(world: &World) -> Value {
    world.get(&format!("/classes/{}/evidence", id::<Uuid>(Kind::Class, 0)), "auditor").await.expect(200)
}

/// Three hours each day from the ninth of October on.
async fn teach(world: &World, days: i64) {
    let mut tx = world.store.begin().await.unwrap();
    let first = span("2024-10-09T01:00:00Z", "2024-10-09T04:00:00Z");
    for day in 0..days {
        let later = SignedDuration::from_hours(24 * day);
        let held = duxue_rules::span::Span::new(first.start() + later, first.end() + later).unwrap();
        let session = NewSession {
            id: Uuid::now_v7().into(),
            class: id(Kind::Class, 0),
            venue: id(Kind::Venue, 0),
            date: date(2024, 10, 9).checked_add(day.days()).unwrap(),
            span: held,
            created_at: at("2024-10-08T00:00:00Z"),
        };
        tx.add_session(&session).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_term_with_room_has_a_plan_and_says_how_safe_it_is() {
    let world = World::new().await;
    teach(&world, 84).await;
    let standing = standing(&world).await;
    assert_eq!((&standing["outlook"], &standing["needed"]), (&json!("open"), &json!(10)));
    // Yesterday's clip of 65 s counts: the policy of this world asks for a minute.
    assert_eq!(standing["counted"], 1);
    assert!(standing["may_fail"].as_u64().unwrap() >= 1 && standing["last_safe_day"].is_string(), "{standing}");
    let days = standing["days"].as_array().unwrap();
    assert_eq!(days.len(), 86);
    assert_eq!((&days[0]["state"], &days[0]["date"]), (&json!("counted"), &json!("2024-10-07")));
    assert_eq!(days[0]["clip_id"], json!(id::<Uuid>(Kind::Clip, 0)));
    let planned: Vec<_> = days.iter().filter(|day| day["state"] == "planned").collect();
    assert_eq!(planned.len(), 9, "nine more are needed");
    assert!(planned.iter().all(|day| day["lessons"].as_array().is_some_and(|lessons| !lessons.is_empty())));
    let october = &standing["months"][0];
    assert_eq!((&october["month"], &october["needed"], &october["counted"]), (&json!("2024-10"), &json!(2), &json!(1)));
    assert!(standing["reasons"][0]["text"]["zh"].is_string());
}

#[tokio::test]
async fn a_term_without_room_says_so_and_what_is_lost_stays_lost() {
    let world = World::new().await;
    let standing_now = standing(&world).await;
    assert_eq!((&standing_now["outlook"], &standing_now["out_of_reach_since"]), (&json!("out_of_reach"), &Value::Null));
    assert_eq!(standing_now["findings"][0]["rule"], "R9.1");
    let days = standing_now["days"].as_array().unwrap();
    assert_eq!(days[1]["state"], "open", "today's lesson goes on, but is too near to yesterday's clip");
    let mut tx = world.store.begin().await.unwrap();
    tx.fail_clip(id(Kind::Waiting, 0), &Text::new("无", "none")).await.unwrap();
    tx.commit().await.unwrap();
    world.pass(2 * 3600);
    let later = standing(&world).await;
    assert_eq!(later["days"][0]["state"], "counted", "the sealed clip stays");
    assert_eq!(later["days"][1]["state"], "open", "it is over, and its footage is kept");
}

#[tokio::test]
async fn the_list_gives_every_class_of_the_reader() {
    let world = World::new().await;
    let list = world.get("/evidence", "auditor").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 14);
    let own = world.get("/evidence", "liaison").await.expect(200);
    let items = own["items"].as_array().unwrap();
    assert_eq!(items.len(), 7);
    assert!(items.iter().all(|item| item["institution"]["id"] == json!(id::<Uuid>(Kind::Institution, 0))));
    assert!(items.iter().any(|item| item["class"]["id"] == json!(id::<Uuid>(Kind::Class, 0))));
}
