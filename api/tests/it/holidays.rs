//! The calendar of working days: what is published, what is computed for now, and a new year's file.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    ask::{Answer, Sent},
    rows::thing,
    seed::Kind,
    world::World,
};

/// A file of 2027 in which two days are off and a Saturday is worked.
pub fn file(from: &str) -> String {
    format!(
        "year = 2027\nsource = \"国办发明电〔2026〕0号\"\n[[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\n\
         from = \"2027-{from}\"\nwork = [\"2027-02-20\"]\n"
    )
}

async fn import(world: &World, toml: &str, replaces: &str, dry_run: bool) -> Answer {
    let body = json!({"toml": toml, "replaces": replaces, "reason": "已公布", "dry_run": dry_run});
    world.ask(Method::POST, "/holidays", "manager", Sent::Json(body)).await
}

fn kinds(year: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    year["days"].as_array().unwrap().iter().map(|day| (text(&day["date"]), text(&day["kind"]))).collect()
}

#[tokio::test]
async fn a_published_year_is_told_with_its_source_and_an_unpublished_one_as_provisional() {
    let world = World::new().await;
    let this = world.get("/holidays", "liaison").await.expect(200);
    assert_eq!(
        (&this["year"], &this["origin"], &this["version"]),
        (&json!(2024), &json!("built_in"), &json!("built-in"))
    );
    assert!(this["source"].as_str().unwrap().contains("国务院"), "{this}");
    let kinds = |day: &str| kinds(&this).into_iter().find(|(date, _)| date == day).map(|(_, kind)| kind);
    assert_eq!(kinds("2024-10-01").as_deref(), Some("holiday"));
    assert_eq!(kinds("2024-10-12").as_deref(), Some("make_up"));
    assert_eq!(kinds("2024-10-08"), None, "an ordinary day is not listed");
    assert_eq!(this["days"][0]["holiday"]["zh"], "元旦");
    let next = world.get("/holidays?year=2027", "supervisor").await.expect(200);
    assert_eq!((&next["origin"], &next["source"]), (&json!("provisional"), &Value::Null));
    assert_eq!(next["days"][0]["date"], "2027-01-01");
    assert_eq!(world.get("/holidays?year=1850", "manager").await.problem().2, "year");
}

#[tokio::test]
async fn a_new_years_file_is_tried_then_kept_and_counts() {
    let world = World::new().await;
    let tried = import(&world, &file("02-05"), "provisional", true).await.expect(200);
    assert_eq!((&tried["dry_run"], &tried["year"]["origin"]), (&json!(true), &json!("imported")));
    assert_eq!(world.get("/holidays?year=2027", "manager").await.expect(200)["origin"], "provisional");
    assert_eq!(world.audited().await, [""; 0]);
    let kept = import(&world, &file("02-05"), "provisional", false).await.expect(200);
    assert_eq!(kept["changes"], tried["changes"]);
    let changed: Vec<_> = kept["changes"].as_array().unwrap().iter().map(|one| one["date"].as_str().unwrap()).collect();
    assert!(changed.contains(&"2027-02-05") && changed.contains(&"2027-02-20"), "{changed:?}");
    let year = world.get("/holidays?year=2027", "auditor").await.expect(200);
    assert_eq!(
        kinds(&year),
        [("2027-02-05".to_owned(), "holiday".to_owned()), ("2027-02-20".to_owned(), "make_up".to_owned())]
    );
    assert_eq!((&year["version"], &year["imports"][0]["reason"]), (&json!("import-1"), &json!("已公布")));
    assert!(year["imports"][0]["imported_by"]["display_name"].is_string());
    assert_eq!(world.audited().await, ["import_holidays"]);
}

#[tokio::test]
async fn nothing_is_replaced_unseen_and_a_slip_can_be_put_right() {
    let world = World::new().await;
    import(&world, &file("02-05"), "provisional", false).await.expect(200);
    assert_eq!(import(&world, &file("02-08"), "provisional", false).await.status, 409);
    let second = import(&world, &file("02-08"), "import-1", false).await.expect(200);
    assert_eq!(second["year"]["imports"].as_array().unwrap().len(), 2);
    let same = import(&world, &file("02-08"), "import-2", false).await;
    assert_eq!(same.problem(), (422, "invalid".into(), "toml".into()));
}

#[tokio::test]
async fn the_programs_own_years_change_only_ahead() {
    let world = World::new().await;
    let past = "year = 2024\nsource = \"通知\"\n[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\nfrom = \"2024-01-01\"\n";
    let refused = import(&world, past, "built-in", false).await;
    assert_eq!(refused.problem(), (422, "invalid".into(), "toml".into()));
    let ahead = "year = 2025\nsource = \"通知\"\n[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\nfrom = \"2025-01-01\"\n\
                 to = \"2025-01-03\"\n";
    let kept = import(&world, ahead, "built-in", false).await.expect(200);
    assert_eq!(kept["year"]["version"], "import-1");
    let broken = import(&world, "year = 2026\n", "built-in", false).await.expect(422);
    assert!(broken["errors"][0]["en"].as_str().unwrap().contains("source"), "{broken}");
}

/// R8.1: close-out is due ten working days before the last day, by the calendar that a manager brought in.
#[tokio::test]
async fn what_is_reckoned_in_working_days_follows_the_new_file() {
    let world = World::new().await;
    let published = include_str!("../../../rules/data/calendar/2024.toml");
    let moved = "[[holiday]]\nzh = \"调整\"\nen = \"Moved\"\nfrom = \"2024-12-20\"\n";
    import(&world, &format!("{published}\n{moved}"), "built-in", false).await.expect(200);
    let (class, file) = (thing(Kind::Class, 0), thing(Kind::File, 0));
    let body = json!({"ledger_file_id": file, "pass_list_file_id": file, "pass_list": [thing(Kind::Student, 0)]});
    let applied = world.post(&format!("/classes/{class}/closeouts"), "liaison", body).await.expect(201);
    // By what was published it would be the 17th.
    assert_eq!(applied["due_on"], "2024-12-16");
}
