//! 一: institutions, approval lists, venues, textbooks.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    rows::thing,
    seed::{Kind, id},
    world::World,
};

async fn put(world: &World, year: &str, who: &str, body: Value) -> Answer {
    world.ask(Method::PUT, &format!("/approval-lists/{year}"), who, Sent::Json(body)).await
}

fn list(revision: i64, lines: &[(u8, &str)]) -> Value {
    let line = |&(side, major): &(u8, &str)| json!({"institution_id": thing(Kind::Institution, side), "major": major});
    json!({"revision": revision, "majors": lines.iter().map(line).collect::<Vec<_>>()})
}

#[tokio::test]
async fn institutions_have_names_of_their_own_and_can_be_renamed() {
    let world = World::new().await;
    let new = world.post("/institutions", "manager", json!({"name": " 新培训学校 "})).await.expect(201);
    assert_eq!(new["name"], "新培训学校");
    for name in ["新培训学校", " "] {
        assert_eq!(world.post("/institutions", "manager", json!({"name": name})).await.problem().2, "name");
    }
    let path = format!("/institutions/{}", new["id"].as_str().unwrap());
    let renamed = world.ask(Method::PATCH, &path, "manager", Sent::Json(json!({"name": "更名学校"}))).await.expect(200);
    assert_eq!((&renamed["id"], &renamed["name"]), (&new["id"], &json!("更名学校")));
    let taken = world.ask(Method::PATCH, &path, "manager", Sent::Json(json!({"name": "第0培训学校"}))).await;
    assert_eq!(taken.problem(), (422, "invalid".into(), "name".into()));
    let nowhere = format!("/institutions/{}", Uuid::from_u128(7));
    let nowhere = world.ask(Method::PATCH, &nowhere, "manager", Sent::Json(json!({"name": "无"}))).await;
    assert_eq!(nowhere.status, 404);
    assert_eq!(world.audited().await, ["add_institution", "change_institution"]);
}

#[tokio::test]
async fn a_years_list_is_written_whole_and_an_institution_sees_its_own_lines() {
    let world = World::new().await;
    let lines = [(0, "电工"), (0, "焊工"), (1, "育婴员")];
    let written = put(&world, "2024", "manager", list(1, &lines)).await.expect(200);
    assert_eq!((&written["revision"], written["majors"].as_array().unwrap().len()), (&json!(2), 3));
    let own = world.get("/approval-lists/2024", "liaison").await.expect(200);
    let majors: Vec<_> = own["majors"].as_array().unwrap().iter().map(|line| line["major"].clone()).collect();
    assert_eq!(majors.len(), 2, "{majors:?}");
    assert!(!majors.contains(&json!("育婴员")));
    put(&world, "2025", "manager", list(0, &lines[..1])).await.expect(200);
    let all = world.get("/approval-lists", "auditor").await.expect(200);
    assert_eq!((&all["items"][0]["year"], &all["items"][1]["year"]), (&json!(2025), &json!(2024)));
    assert_eq!(world.get("/approval-lists/1999", "auditor").await.status, 404);
    assert_eq!(world.get("/approval-lists/x", "auditor").await.problem().2, "year");
}

#[tokio::test]
async fn who_writes_over_an_older_list_is_told() {
    let world = World::new().await;
    put(&world, "2024", "manager", list(1, &[(0, "电工")])).await.expect(200);
    for stale in [0, 1, 7] {
        assert_eq!(put(&world, "2024", "manager", list(stale, &[])).await.problem().1, "conflict", "{stale}");
    }
    for (lines, field) in
        [(&[(0, "电工"), (0, " 电工 ")][..], "majors"), (&[(0, " ")], "majors"), (&[(9, "电工")], "majors")]
    {
        assert_eq!(put(&world, "2024", "manager", list(2, lines)).await.problem().2, field);
    }
    assert_eq!(put(&world, "24", "manager", list(0, &[])).await.problem().2, "year");
    let unchanged = world.get("/approval-lists/2024", "manager").await.expect(200);
    assert_eq!((&unchanged["revision"], unchanged["majors"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(world.audited().await, ["put_approval_list"]);
}

#[tokio::test]
async fn a_venue_is_approved_once_at_a_time_with_the_bureaus_paper() {
    let world = World::new().await;
    let path = format!("/venues/{}/approvals", thing(Kind::Room, 0));
    let new = |on: &str, file: Uuid| json!({"approved_on": on, "file_id": file});
    let own: Uuid = id(Kind::File, 0);
    for (body, field) in [
        (new("2024-09-01", id(Kind::File, 1)), "file_id"),
        (new("2024-09-01", Uuid::from_u128(9)), "file_id"),
        (new("2024-10-09", own), "approved_on"),
    ] {
        assert_eq!(world.post(&path, "manager", body).await.problem(), (422, "invalid".into(), field.into()));
    }
    let approval = world.post(&path, "manager", new("2024-09-01", own)).await.expect(201);
    assert_eq!((&approval["venue"]["name"], &approval["withdrawn_on"]), (&json!("0号实训室"), &Value::Null));
    assert_eq!(world.post(&path, "manager", new("2024-09-02", own)).await.problem().2, "approved_on");
    let withdrawal = format!("/venue-approvals/{}/withdrawal", approval["id"].as_str().unwrap());
    let because = |on: &str, reason: &str| json!({"on": on, "reason": reason});
    for (body, field) in [(because("2024-08-31", "拆迁"), "on"), (because("2024-10-01", " "), "reason")] {
        assert_eq!(world.post(&withdrawal, "manager", body).await.problem().2, field);
    }
    let withdrawn = world.post(&withdrawal, "manager", because("2024-10-01", "拆迁")).await.expect(200);
    assert_eq!((&withdrawn["withdrawn_on"], &withdrawn["withdrawn_because"]), (&json!("2024-10-01"), &json!("拆迁")));
    let again = world.post(&withdrawal, "manager", because("2024-10-02", "又")).await;
    assert_eq!(again.problem().1, "conflict");
    world.post(&path, "manager", new("2024-10-02", own)).await.expect(201);
    assert_eq!(world.get(&path, "liaison").await.expect(200)["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.audited().await, ["add_venue_approval", "withdraw_venue_approval", "add_venue_approval"]);
}

#[tokio::test]
async fn a_textbook_outside_the_catalogue_is_let_in_by_name() {
    let world = World::new().await;
    let path = format!("/institutions/{}/textbook-exceptions", thing(Kind::Institution, 0));
    let new = |title: &str, on: &str, file: u8| json!({"title": title, "approved_on": on, "file_id": thing(Kind::File, file)});
    for (body, field) in [
        (new("电工手册", "2024-10-09", 0), "approved_on"),
        (new("电工手册", "2024-09-01", 1), "file_id"),
        (new(" ", "2024-09-01", 0), "title"),
    ] {
        assert_eq!(world.post(&path, "manager", body).await.problem().2, field);
    }
    world.post(&path, "manager", new(" 电工手册 ", "2024-09-01", 0)).await.expect(201);
    assert_eq!(world.post(&path, "manager", new("电工手册", "2024-09-02", 0)).await.problem().2, "title");
    let listed = world.get(&path, "liaison").await.expect(200);
    assert_eq!(listed["items"][0]["title"], "电工手册");
}
