//! The numbers that decisions rest on: shown with their rules, changed with a reason, kept with their history.

use serde_json::{Value, json};

use crate::{ask::Answer, rows::thing, seed::Kind, world::World};

async fn change(world: &World, version: i64, changes: Value) -> Answer {
    let body = json!({"version": version, "reason": " 市局通知 ", "changes": changes});
    world.post("/policies", "manager", body).await
}

fn number<'a>(current: &'a Value, field: &str) -> &'a Value {
    current["numbers"].as_array().unwrap().iter().find(|one| one["field"] == field).unwrap()
}

#[tokio::test]
async fn every_number_is_shown_beside_the_notices_own_with_its_rules() {
    let world = World::new().await;
    let current = world.get("/policies/current", "liaison").await.expect(200);
    assert_eq!((&current["version"]["version"], &current["version"]["origin"]), (&json!(1), &json!("file")));
    let clip = number(&current, "clip_min_seconds");
    assert_eq!((&clip["value"], &clip["default"], &clip["differs"]), (&json!(60), &json!(1200), &json!(true)));
    assert_eq!((&clip["rules"][0]["id"], &clip["rules"][0]["article"]), (&json!("R9.1"), &json!("九")));
    let error = number(&current, "crosscheck_error");
    assert_eq!((&error["value"], &error["differs"]), (&json!(0.05), &json!(false)), "as short as it was written");
    assert_eq!(number(&current, "label")["rules"], json!([]), "no number of a rule");
    // The first version tells what differs from the notice.
    let changes = current["version"]["changes"].as_array().unwrap();
    let fields: Vec<_> = changes.iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["clip_min_seconds", "label", "readiness_min_bitrate_bps"]);
}

#[tokio::test]
async fn a_change_has_a_person_and_a_reason_and_counts_at_once() {
    let world = World::new().await;
    world.pass(60);
    let current = change(&world, 1, json!({"onsite_per_class": 1, "remote_per_week": 3})).await.expect(201);
    assert_eq!(number(&current, "remote_per_week")["value"], 3);
    let version = &current["version"];
    assert_eq!((&version["version"], &version["origin"]), (&json!(2), &json!("manager")));
    assert_eq!((&version["reason"], &version["since"]), (&json!("市局通知"), &json!("2024-10-08T02:31:00Z")));
    assert!(version["set_by"]["display_name"].is_string());
    let told = &version["changes"][1];
    assert_eq!((&told["field"], &told["before"], &told["after"]), (&json!("remote_per_week"), &json!(2), &json!(3)));
    assert_eq!((&told["default"], &told["rules"][0]["id"]), (&json!(2), &json!("R7.4a")));
    // Decisions rest on it from now on: the class is asked for one inspection.
    let system = world.get("/system", "supervisor").await.expect(200);
    assert_eq!(system["policy"]["version"], 2);
    let standing =
        world.get(&format!("/classes/{}/supervision", thing(Kind::Class, 0)), "supervisor").await.expect(200);
    assert_eq!(standing["visits"]["needed"], 1, "{standing}");
    let versions = world.get("/policies", "auditor").await.expect(200);
    assert_eq!((&versions["items"][0]["version"], &versions["items"][1]["version"]), (&json!(2), &json!(1)));
    assert_eq!(versions["items"][0]["changes"], version["changes"]);
    assert_eq!(versions["next"], Value::Null);
    assert_eq!(world.audited().await, ["change_policy"]);
    let restarted = world.restarted().await;
    let current = restarted.get("/policies/current", "manager").await.expect(200);
    assert_eq!(current["version"]["version"], 2);
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_of_its_field_and_changes_nothing() {
    let world = World::new().await;
    let fields = async |changes| -> Vec<String> {
        let errors = change(&world, 1, changes).await.expect(422)["errors"].clone();
        errors.as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fields(json!({"remote_per_weak": 3})).await, ["changes.remote_per_weak"]);
    assert_eq!(fields(json!({"archive_years": 1})).await, ["changes.archive_years"], "十一、1: 至少保存三年");
    assert_eq!(
        fields(json!({"report_due": "nine", "clip_min_count": -1})).await,
        ["changes.clip_min_count", "changes.report_due"]
    );
    assert_eq!(fields(json!({"remote_per_week": 2})).await, ["changes"], "nothing would change");
    let body = json!({"version": 1, "reason": " ", "changes": {"remote_per_week": 3}});
    assert_eq!(world.post("/policies", "manager", body).await.problem().2, "reason");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn who_looked_at_an_older_version_is_told() {
    let world = World::new().await;
    change(&world, 1, json!({"remote_per_week": 3})).await.expect(201);
    let late = change(&world, 1, json!({"remote_per_week": 4})).await;
    assert_eq!(late.problem(), (409, "conflict".into(), String::new()));
    change(&world, 2, json!({"remote_per_week": 4})).await.expect(201);
    let page = world.get("/policies?before=3", "manager").await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.get("/policies?before=x", "manager").await.problem().2, "before");
}
