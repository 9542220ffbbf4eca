//! R6.1: the provincial platform is told of a class by file, and what it calls the class comes back by file.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    forms::words_of,
    opening,
    seed::{Kind, id, name},
    world::World,
};

/// The platform's table about the filed class.
pub fn answers(number: &str) -> String {
    let name = name(Kind::Filed);
    format!("班次名称,平台班次名称,平台班次编号\n{name},{name},{number}\n")
}

fn of_class(what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(Kind::Filed, 0))
}

async fn hand_in(world: &World, who: &str, mode: &str, table: String) -> Answer {
    let path = format!("/platform-answers{mode}");
    world.ask(Method::POST, &path, who, Sent::Raw("text/csv", table.into_bytes())).await
}

fn fields(answer: Answer) -> Vec<String> {
    let body = answer.expect(422);
    body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_platform_is_told_the_name_in_its_parts_and_the_whole_roster() {
    let world = World::new().await;
    let csv = world.post(&of_class("platform-file"), "liaison", json!({ "format": "csv" })).await;
    assert_eq!((csv.status.as_u16(), csv.header("cache-control")), (201, "no-store"));
    assert_eq!(csv.header("location"), format!("/api/v1{}", of_class("platform")));
    let shown = world.get(&of_class("platform"), "auditor").await.expect(200);
    assert_eq!((&shown["parts"]["year"], &shown["parts"]["major"]), (&json!(2024), &json!("电工")));
    let (name, batch) = (name(Kind::Filed), shown["parts"]["batch"].to_string());
    let line = csv.text().lines().nth(1).unwrap().to_owned();
    assert!(line.contains(&format!("\"{name}\",\"2024\",\"电工\",\"{batch}\"")), "{line}");
    let xlsx = world.post(&of_class("platform-file"), "liaison", json!({})).await;
    assert!(words_of(Answer { status: StatusCode::OK, ..xlsx }).contains(&name));
    assert_eq!(world.audited().await, ["export_id_numbers"; 2]);
    for (who, word) in [("manager", "forbidden"), ("auditor", "forbidden"), ("other", "not-found")] {
        assert_eq!(world.post(&of_class("platform-file"), who, json!({})).await.word(), word, "{who}");
    }
    // A name that is not of the form is none that the platform takes.
    let odd = format!("/classes/{}/platform-file", id::<Uuid>(Kind::Class, 0));
    assert_eq!(world.post(&odd, "liaison", json!({})).await.problem().1, "conflict");
}

#[tokio::test]
async fn an_answer_is_kept_shown_and_held_against_the_application() {
    let world = World::new().await;
    let tried = hand_in(&world, "liaison", "?dry_run=true", answers("LN-7")).await.expect(200);
    assert_eq!((&tried["dry_run"], &tried["rows"]), (&json!(true), &json!(1)));
    assert_eq!(world.get(&of_class("platform"), "liaison").await.expect(200)["answer"], Value::Null);
    hand_in(&world, "liaison", "", answers("LN-7")).await.expect(200);
    let done = hand_in(&world, "liaison", "", answers("LN-8")).await.expect(200);
    assert_eq!(done["class_ids"], json!([id::<Uuid>(Kind::Filed, 0)]));
    let shown = world.get(&of_class("platform"), "supervisor").await.expect(200);
    assert_eq!((&shown["answer"]["number"], &shown["answer"]["name"]), (&json!("LN-8"), &json!(name(Kind::Filed))));
    assert_eq!(world.audited().await, ["number_class"; 2]);
    let log = world.get("/audit", "auditor").await.text();
    assert!(log.contains("LN-7") && log.contains("LN-8"), "what stood before is in the log");
    // The number that an application names is the platform's.
    let mut application = opening::application(0);
    let refused = world.post(&of_class("opening/application"), "liaison", application.clone()).await;
    assert!(refused.text().contains("LN-8"), "{}", refused.text());
    assert_eq!(refused.problem(), (422, "invalid".into(), "platform_number".into()));
    application["platform_number"] = json!("LN-8");
    world.post(&of_class("opening/application"), "liaison", application).await.expect(200);
}

#[tokio::test]
async fn a_wrong_row_is_named_and_nothing_is_kept() {
    let world = World::new().await;
    hand_in(&world, "other", "", answers("LN-1")).await.expect(200);
    let (own, checked) = (name(Kind::Filed), name(Kind::Checked));
    let table = format!(
        "班次名称,平台班次名称,平台班次编号\n{own},{checked},LN-2\n{own},{own},LN-2\n某班,某班,LN-3\n{checked},{checked},LN-1\n{checked},,\n"
    );
    let answer = hand_in(&world, "liaison", "", table).await;
    let expected = [
        "rows[2].online_name",
        "rows[3].class",
        "rows[3].number",
        "rows[4].class",
        "rows[5].number",
        "rows[6].online_name",
        "rows[6].number",
    ];
    assert_eq!(fields(answer), expected);
    assert_eq!(world.get(&of_class("platform"), "liaison").await.expect(200)["answer"], Value::Null);
    for who in ["supervisor", "manager", "auditor"] {
        assert_eq!(hand_in(&world, who, "", answers("LN-4")).await.word(), "forbidden", "{who}");
    }
    assert_eq!(world.audited().await, ["number_class"], "the other institution's own");
}
