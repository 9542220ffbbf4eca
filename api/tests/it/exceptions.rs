//! R9.4: what enrolment (R3), verification at the end (R4.1 to R4.3) and attendance (R7.2c) hold against students, and what the centre lets pass.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    enrolment::papers,
    seed::{Kind, id, settlement::student},
    world::World,
};

fn of(class: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", id::<Uuid>(class, 0))
}

fn looked_up(class: Kind, matter: &str, on: &str, found: &[(u8, bool)]) -> Value {
    let line = |&(number, found): &(u8, bool)| json!({ "student_id": student(0, class, number), "found": found, "file_id": id::<Uuid>(Kind::File, 0) });
    let students: Vec<_> = found.iter().map(line).collect();
    json!({ "matter": matter, "phase": "at_end", "on": on, "students": students })
}

fn told(standing: &Value) -> Vec<(String, String)> {
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    standing["findings"].as_array().unwrap().iter().map(|one| (word(one, "rule"), word(one, "code"))).collect()
}

#[tokio::test]
async fn what_is_missing_or_was_found_is_told_until_it_is_let_pass() {
    let world = World::new().await;
    let (path, verifications) = (of(Kind::Ended, "exceptions"), of(Kind::Ended, "verifications"));
    let before = world.get(&path, "liaison").await.expect(200);
    let missing = |rule: &str| (rule.to_owned(), "verification_missing".to_owned());
    assert_eq!(told(&before), ["R4.1", "R4.2", "R4.3", "R4.1", "R4.2", "R4.3"].map(missing));
    for (who, matter, found) in
        [("liaison", "business", true), ("liaison", "other", false), ("supervisor", "employment", false)]
    {
        let both = looked_up(Kind::Ended, matter, "2024-09-06", &[(0, found), (1, false)]);
        world.post(&verifications, who, both).await.expect(201);
    }
    let open = world.get(&path, "auditor").await.expect(200);
    assert_eq!(told(&open), [("R4.1".to_owned(), "verification_found".to_owned())]);

    let exceptions = format!("/students/{}/exceptions", student(0, Kind::Ended, 0));
    let pass = |code: &str, reason: &str| json!({ "rule": "R4.1", "code": code, "reason": reason });
    assert_eq!(world.post(&exceptions, "manager", pass("verification_found", " ")).await.problem().2, "reason");
    assert_eq!(world.post(&exceptions, "manager", pass("verification_missing", "无")).await.problem().2, "code");
    let done = world.post(&exceptions, "manager", pass("verification_found", "营业执照已注销")).await.expect(201);
    assert_eq!((&done["findings"], &done["exceptions"][0]["reason"]), (&json!([]), &json!("营业执照已注销")));
    let twice = world.post(&exceptions, "manager", pass("verification_found", "营业执照已注销")).await;
    assert_eq!(twice.problem().2, "code");
    assert_eq!(world.audited().await.last().unwrap(), "let_pass");
}

#[tokio::test]
async fn what_was_found_keeps_a_students_subsidy_back_and_what_was_let_pass_stays_on_the_line() {
    let world = World::new().await;
    let found = looked_up(Kind::Finished, "business", "2024-10-08", &[(0, true)]);
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

/// R3: asked at the filing, and again before anything is paid. That nobody is in two classes (R3.4) is seen to when the number is taken.
#[tokio::test]
async fn who_lacks_a_paper_gets_nothing() {
    let world = World::new().await;
    let paid = student(0, Kind::Finished, 0);
    let put = async |body: Value| {
        world.ask(Method::PUT, &format!("/students/{paid}/papers"), "liaison", Sent::Json(body)).await.expect(200)
    };
    let against = async || {
        world.pass(1);
        let answer =
            world.ask(Method::POST, &of(Kind::Finished, "subsidies"), "manager", Sent::Nothing).await.expect(201);
        let lines = answer["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["student"]["student_id"] == json!(paid)).unwrap();
        let told = told(&world.get(&of(Kind::Finished, "exceptions"), "auditor").await.expect(200));
        assert_eq!(told[0].1, line["reasons"][0]["code"].as_str().unwrap());
        (line["amount_fen"].as_u64().unwrap(), told[0].clone())
    };
    let mut without = papers(0, 1);
    without["registration_form"] = Value::Null;
    put(without).await;
    assert_eq!(against().await, (0, ("R3.1".to_owned(), "paper_missing".to_owned())));
}

/// 七(二)4: 学员个人出勤率原则上不得低于90%.
#[tokio::test]
async fn who_was_too_often_away_gets_nothing_unless_the_centre_lets_it_pass() {
    let world = World::new().await;
    // Two more days of the course on which nobody signed in: 10 of 12.
    for day in ["2024-09-04", "2024-09-05"] {
        let session = json!({ "venue_id": id::<Uuid>(Kind::Room, 0), "starts_at": format!("{day}T01:00:00Z"),
            "ends_at": format!("{day}T02:00:00Z") });
        world.post(&of(Kind::Finished, "sessions"), "supervisor", session).await.expect(201);
    }
    let standing = world.get(&of(Kind::Finished, "exceptions"), "auditor").await.expect(200);
    let low = ("R7.2c".to_owned(), "attendance_low".to_owned());
    assert_eq!(told(&standing), [low.clone(), low.clone()]);
    assert_eq!(standing["findings"][0]["seen"]["zh"], "应出勤 12 天，实际出勤 10 天，出勤率 83.3%");
    let pass = json!({ "rule": "R7.2c", "code": "attendance_low", "reason": "住院，有诊断证明" });
    let exceptions = format!("/students/{}/exceptions", student(0, Kind::Finished, 0));
    let left = world.post(&exceptions, "manager", pass).await.expect(201);
    assert_eq!(told(&left), [low], "the other one's");
    world.pass(1);
    let reckoned =
        world.ask(Method::POST, &of(Kind::Finished, "subsidies"), "manager", Sent::Nothing).await.expect(201);
    let first = json!(student(0, Kind::Finished, 0));
    let lines = reckoned["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["student"]["student_id"] == first).unwrap();
    assert_eq!((&line["amount_fen"], &line["reasons"][0]["code"]), (&json!(300_000), &json!("let_pass")));
}
