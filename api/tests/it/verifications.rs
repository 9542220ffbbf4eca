//! R4.1 to R4.3: verification at the end, and what the centre let pass.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id, settlement::student},
    world::World,
};

fn of(class: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(class, 0))
}

fn line(class: Kind, number: u8, on: &str, found: bool) -> Value {
    json!({ "student_id": student(0, class, number), "on": on, "found": found })
}

fn looked_up(matter: &str, lines: &[Value]) -> Value {
    json!({ "file_id": id::<Uuid>(Kind::File, 0), "matter": matter, "lines": lines })
}

fn told(standing: &Value) -> Vec<(String, String)> {
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    standing["findings"].as_array().unwrap().iter().map(|one| (word(one, "rule"), word(one, "code"))).collect()
}

#[tokio::test]
async fn what_is_missing_or_was_found_is_told_until_it_is_let_pass() {
    let world = World::new().await;
    let path = of(Kind::Ended, "verifications");
    let before = world.get(&path, "liaison").await.expect(200);
    let missing = |rule: &str| (rule.to_owned(), "verification_missing".to_owned());
    assert_eq!(told(&before), ["R4.1", "R4.2", "R4.3", "R4.1", "R4.2", "R4.3"].map(missing));
    let both = |found| [line(Kind::Ended, 0, "2024-09-06", found), line(Kind::Ended, 1, "2024-10-08", false)];
    world.post(&path, "liaison", looked_up("business", &both(true))).await.expect(201);
    world.post(&path, "liaison", looked_up("other", &both(false))).await.expect(201);
    let lines = json!({ "lines": both(false) });
    let open = world.post(&of(Kind::Ended, "comparisons"), "supervisor", lines).await.expect(201);
    assert_eq!(told(&open), [("R4.1".to_owned(), "verification_found".to_owned())]);
    assert_eq!(open["verifications"].as_array().unwrap().len(), 6);

    let exceptions = format!("/students/{}/exceptions", student(0, Kind::Ended, 0));
    let pass = |code: &str, reason: &str| json!({ "rule": "R4.1", "code": code, "reason": reason });
    assert_eq!(world.post(&exceptions, "manager", pass("verification_found", " ")).await.problem().2, "reason");
    assert_eq!(world.post(&exceptions, "manager", pass("verification_missing", "无")).await.problem().2, "code");
    let done = world.post(&exceptions, "manager", pass("verification_found", "营业执照已注销")).await.expect(201);
    assert_eq!((&done["findings"], &done["exceptions"][0]["reason"]), (&json!([]), &json!("营业执照已注销")));
    let twice = world.post(&exceptions, "manager", pass("verification_found", "营业执照已注销")).await;
    assert_eq!(twice.problem().2, "code");
    let mut log = vec!["verify_student"; 6];
    log.push("let_pass");
    assert_eq!(world.audited().await, log);
}

#[tokio::test]
async fn what_was_found_keeps_a_students_subsidy_back_and_what_was_let_pass_stays_on_the_line() {
    let world = World::new().await;
    let found = looked_up("business", &[line(Kind::Finished, 0, "2024-10-08", true)]);
    world.post(&of(Kind::Finished, "verifications"), "liaison", found).await.expect(201);
    let reckon = async || {
        world.pass(1);
        let answer =
            world.ask(Method::POST, &of(Kind::Finished, "subsidies"), "manager", Sent::Nothing).await.expect(201);
        let student = json!(student(0, Kind::Finished, 0));
        let lines = answer["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["student"]["student_id"] == student).unwrap().clone();
        (line["amount_fen"].as_u64().unwrap(), line["reasons"][0]["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(reckon().await, (0, "verification_found".to_owned()));
    let pass = json!({ "rule": "R4.1", "code": "verification_found", "reason": "营业执照已注销" });
    let exceptions = format!("/students/{}/exceptions", student(0, Kind::Finished, 0));
    world.post(&exceptions, "manager", pass).await.expect(201);
    assert_eq!(reckon().await, (300_000, "let_pass".to_owned()));
}

#[tokio::test]
async fn wrong_lines_are_named_one_by_one_and_none_is_kept() {
    let world = World::new().await;
    let path = of(Kind::Ended, "verifications");
    let lines = [
        line(Kind::Ended, 0, "2024-09-05", false),
        line(Kind::Ended, 0, "2024-10-09", false),
        line(Kind::Finished, 0, "2024-10-08", false),
    ];
    let answer = world.post(&path, "liaison", looked_up("business", &lines)).await.expect(422);
    let fields: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["lines[0].on", "lines[1].on", "lines[2].student_id"]);
    assert_eq!(answer["errors"][0]["rule"], "R4.1");
    assert_eq!(world.post(&path, "liaison", looked_up("business", &[])).await.problem().2, "lines");
    let mut anothers = looked_up("other", &lines[..1]);
    anothers["file_id"] = json!(id::<Uuid>(Kind::File, 1));
    assert_eq!(world.post(&path, "liaison", anothers).await.problem().2, "file_id");
    // The comparison of payments is the centre's; an institution cannot say it looked.
    assert_eq!(world.post(&path, "liaison", looked_up("employment", &lines)).await.problem().2, "matter");
    assert_eq!(world.audited().await, [""; 0]);
}
