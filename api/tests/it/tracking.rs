//! R11.2: the tracking ledger.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id, settlement::student},
    world::World,
};

fn of(class: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(class, 0))
}

fn line(class: Kind, number: u8, node: &str, on: &str, occupation: &str) -> Value {
    json!({ "student_id": student(0, class, number), "node": node, "on": on, "occupation": occupation })
}

async fn record(world: &World, lines: Vec<Value>) -> crate::ask::Answer {
    world.post(&of(Kind::Ended, "tracking"), "liaison", json!({ "entries": lines })).await
}

#[tokio::test]
async fn nodes_are_due_on_their_days_and_the_latest_line_counts() {
    let world = World::new().await;
    let before = world.get(&of(Kind::Ended, "tracking"), "auditor").await.expect(200);
    let days: Vec<_> = before["nodes"].as_array().unwrap().iter().map(|node| node["from"].clone()).collect();
    assert_eq!(days, ["2024-09-06", "2024-12-06", "2025-03-06", "2025-09-06"]);
    assert_eq!(before["findings"][0]["code"], "tracking_overdue", "thirty days after the end are over");
    let lines = vec![
        line(Kind::Ended, 0, "at_end", "2024-09-20", "unreachable"),
        line(Kind::Ended, 1, "at_end", "2024-10-08", "none"),
    ];
    record(&world, lines).await.expect(201);
    world.pass(1);
    let found = record(&world, vec![line(Kind::Ended, 0, "at_end", "2024-10-08", "employed")]).await.expect(201);
    let node = &found["nodes"][0];
    assert_eq!((&node["missing"], &node["working"], &node["looked_up"]), (&json!([]), &json!(1), &json!(2)));
    assert_eq!((found["entries"].as_array().unwrap().len(), &found["findings"]), (3, &json!([])));
    assert_eq!(world.audited().await, ["record_tracking"; 3]);
}

#[tokio::test]
async fn wrong_lines_are_named_one_by_one_and_none_is_kept() {
    let world = World::new().await;
    let lines = vec![
        line(Kind::Ended, 0, "at_end", "2024-10-08", "business"),
        line(Kind::Ended, 0, "three_months", "2024-10-08", "business"),
        line(Kind::Ended, 0, "at_end", "2024-10-09", "business"),
        line(Kind::Finished, 0, "at_end", "2024-10-08", "business"),
    ];
    let answer = record(&world, lines).await.expect(422);
    let fields: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["entries[1].on", "entries[2].on", "entries[3].student_id"]);
    assert_eq!(record(&world, vec![]).await.problem().2, "entries");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn the_ledger_is_handed_in_once_after_the_last_node_with_nobody_missing() {
    let world = World::new().await;
    let ledger = json!({ "file_id": id::<Uuid>(Kind::File, 0) });
    let early = world.post(&of(Kind::Ended, "tracking/ledger"), "liaison", ledger.clone()).await;
    assert_eq!((early.problem().2.as_str(), &early.json()["rule"]), ("file_id", &json!("R11.2")));
    let overdue = world.get(&of(Kind::Tracked, "tracking"), "liaison").await.expect(200);
    assert_eq!(overdue["findings"][0]["code"], "ledger_not_handed_in");
    let anothers = json!({ "file_id": id::<Uuid>(Kind::File, 1) });
    assert_eq!(world.post(&of(Kind::Tracked, "tracking/ledger"), "liaison", anothers).await.problem().2, "file_id");
    let done = world.post(&of(Kind::Tracked, "tracking/ledger"), "liaison", ledger.clone()).await.expect(201);
    assert_eq!((&done["ledger"]["on"], &done["findings"]), (&json!("2024-10-08"), &json!([])));
    assert_eq!(world.post(&of(Kind::Tracked, "tracking/ledger"), "manager", ledger).await.problem().1, "conflict");
}
