//! R9.4, R4.4: standards, claims, spot checks and the reckoning with every reason.

use duxue_rules::{
    crosscheck::FindingKind,
    draw::{Draw, Seed},
    ids::FindingId,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, conduct::finding, id, settlement::student},
    world::World,
};

fn of(class: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(class, 0))
}

async fn reckon(world: &World) -> Value {
    let request = World::request(
        axum::http::Method::POST,
        &of(Kind::Finished, "subsidies"),
        "manager",
        crate::ask::Sent::Nothing,
    );
    world.send(request).await.expect(201)
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_student_has_a_line_with_its_reasons() {
    let world = World::new().await;
    let done = reckon(&world).await;
    assert_eq!((&done["total_fen"], &done["payable"], &done["blocked"]), (&json!(300_000), &json!(true), &json!([])));
    let lines = done["lines"].as_array().unwrap();
    let line = |number: u8| {
        let student = json!(student(0, Kind::Finished, number));
        lines.iter().find(|line| line["student"]["student_id"] == student).unwrap()
    };
    assert_eq!((&line(0)["amount_fen"], &line(0)["reasons"]), (&json!(300_000), &json!([])));
    assert_eq!((&line(1)["amount_fen"], codes(&line(1)["reasons"])), (&json!(0), vec!["not_certified"]));
    let all = world.get(&of(Kind::Finished, "subsidies"), "liaison").await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2, "the earlier reckoning stays");
    assert_eq!(all["items"][1], done);
    assert_eq!(world.audited().await, ["reckon_subsidy"]);
}

#[tokio::test]
async fn whatever_stands_before_payment_is_told_beside_the_amounts() {
    let world = World::new().await;
    world.pass(1);
    world.post(&of(Kind::Finished, "claims"), "liaison", json!({})).await.expect(201);
    let again = json!({ "reason": "学员失联" });
    world.post(&of(Kind::Finished, "spot-checks"), "manager", again).await.expect(201);
    let mut tx = world.store.begin().await.unwrap();
    let sessions = tx.all_sessions_of_class(id(Kind::Finished, 0)).await.unwrap();
    let mut open = finding(FindingId(Uuid::now_v7()), 0, Kind::Past, FindingKind::PictureDark, 1);
    (open.session, open.class) = (sessions[0].id, id(Kind::Finished, 0));
    tx.raise_finding(&open).await.unwrap();
    tx.commit().await.unwrap();
    let blocked = reckon(&world).await;
    assert_eq!((&blocked["payable"], &blocked["total_fen"]), (&json!(false), &json!(300_000)), "the amounts stay");
    // The results of the first draw hold for the second, which drew the same two.
    assert_eq!(codes(&blocked["blocked"]), ["annex_missing", "annex_missing", "annex_missing", "findings_open"]);
}

#[tokio::test]
async fn without_close_out_claim_or_standard_nothing_is_reckoned() {
    let world = World::new().await;
    let ended = of(Kind::Ended, "subsidies");
    assert_eq!(world.post(&ended, "manager", json!({})).await.problem().1, "conflict");
    let [one, two] = [0, 1].map(|number| student(0, Kind::Ended, number));
    let accepted = json!({ "outcome": "accepted", "students": [one, two] });
    let decision = format!("/closeouts/{}/decision", id::<Uuid>(Kind::CloseOut, 0));
    world.post(&decision, "supervisor", accepted).await.expect(200);
    assert_eq!(world.post(&ended, "manager", json!({})).await.problem().1, "conflict", "nobody claimed");
    world.post(&of(Kind::Ended, "claims"), "liaison", json!({})).await.expect(201);
    let reckoned = world.post(&ended, "manager", json!({})).await.expect(201);
    assert_eq!((&reckoned["total_fen"], &reckoned["payable"]), (&json!(0), &json!(false)));
    let told = codes(&reckoned["blocked"]);
    assert!(told.contains(&"spot_check_open"), "{told:?}");
    assert!(reckoned["blocked"].as_array().unwrap().iter().any(|one| one["rule"] == "R9.1"), "no clip: {told:?}");
}

#[tokio::test]
async fn a_newer_standard_counts_from_then_on() {
    let world = World::new().await;
    let standard = |amount: u64| json!({ "major": "美容0", "year": 2024, "amount_fen": amount, "document": "2号文" });
    assert_eq!(world.post("/subsidy-standards", "manager", standard(0)).await.problem().2, "amount_fen");
    let set = world.post("/subsidy-standards", "manager", standard(280_000)).await.expect(201);
    assert_eq!(reckon(&world).await["standard_fen"], 280_000);
    let all = world.get("/subsidy-standards", "liaison").await.expect(200);
    assert_eq!(all["items"][0], set);
    assert!(all["items"].as_array().unwrap().iter().any(|one| one["amount_fen"] == 300_000), "the old one stays");
}

#[tokio::test]
async fn papers_of_a_claim_are_the_institutions_own() {
    let world = World::new().await;
    for field in ["annex6_file_id", "annex7_file_id", "annex8_file_id"] {
        let body = json!({ field: id::<Uuid>(Kind::File, 1) });
        assert_eq!(world.post(&of(Kind::Finished, "claims"), "liaison", body).await.problem().2, field);
    }
}

#[tokio::test]
async fn a_spot_check_can_be_drawn_again_by_anyone_and_never_in_silence() {
    let world = World::new().await;
    let path = of(Kind::Class, "spot-checks");
    let early = world.post(&path, "manager", json!({ "reason": "重抽" })).await;
    assert_eq!((early.problem().2.as_str(), &early.json()["rule"]), ("reason", &json!("R4.4")));
    let first = world.post(&path, "manager", json!({})).await.expect(201);
    let draw = &first["draws"][0];
    let candidates = draw["candidates"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().parse().unwrap());
    let seed: [u8; 32] = hex::decode(draw["seed"].as_str().unwrap()).unwrap().try_into().unwrap();
    let again = Draw::uniform(candidates, 3, Seed(seed));
    let drawn: Vec<_> = draw["drawn"].as_array().unwrap().iter().map(|one| one["student_id"].clone()).collect();
    assert_eq!(drawn, again.drawn.iter().map(|id| json!(id)).collect::<Vec<_>>());
    assert_eq!(codes(&first["findings"]), ["spot_check_open"; 2], "a class of two: both are checked");
    assert_eq!(world.post(&path, "manager", json!({ "reason": " " })).await.problem().2, "reason");
    world.pass(1);
    let second = world.post(&path, "manager", json!({ "reason": "学员失联" })).await.expect(201);
    assert_eq!(second["draws"].as_array().unwrap().len(), 2, "the first stays");
    assert_eq!(world.audited().await, ["draw_spot_check", "draw_spot_check"]);
}

#[tokio::test]
async fn a_result_is_of_a_drawn_student_given_once_and_explained_where_it_differs() {
    let world = World::new().await;
    let path = of(Kind::Ended, "spot-check-results");
    let result =
        |student: Value, agrees: bool, note: &str| json!({ "student_id": student, "agrees": agrees, "note": note });
    let one = json!(student(0, Kind::Ended, 0));
    let stranger = world.post(&path, "manager", result(json!(student(0, Kind::Finished, 0)), true, "")).await;
    assert_eq!(stranger.problem().2, "student_id");
    assert_eq!(world.post(&path, "manager", result(one.clone(), false, " ")).await.problem().2, "note");
    let differs = world.post(&path, "manager", result(one.clone(), false, "省外有参保")).await.expect(201);
    assert_eq!(codes(&differs["findings"]), ["spot_check_open", "spot_check_differs"]);
    assert_eq!(world.post(&path, "manager", result(one, true, "")).await.problem().2, "student_id");
}
