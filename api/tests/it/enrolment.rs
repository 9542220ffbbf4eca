//! 三, 四: students' papers, ID numbers, consent, departure, verification.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    rows::thing,
    seed::{Kind, id_number},
    world::World,
};

/// Complete papers with files of a side, without a number.
pub fn papers(side: u8, revision: i64) -> Value {
    let file = thing(Kind::File, side);
    json!({
        "revision": revision, "id_card_seen": true, "id_card_copy": file,
        "status_proof": {"issued_by": "ministry_report", "file_id": file}, "registration_form": file,
        "no_business_statement": file, "hukou_province": "21", "school_city": "2104",
    })
}

/// A query about students with side 0's or 1's paper, whoever they are.
pub fn verified(matter: &str, phase: &str, students: &[String]) -> Value {
    let file = |student: &String| thing(Kind::File, u8::from(student.ends_with('1')));
    let one = |student: &String| json!({"student_id": student, "found": false, "file_id": file(student)});
    json!({"matter": matter, "phase": phase, "on": "2024-09-01", "students": students.iter().map(one).collect::<Vec<_>>()})
}

fn with(mut body: Value, key: &str, value: impl Into<Value>) -> Value {
    body[key] = value.into();
    body
}

fn student(kind: Kind, rest: &str) -> String {
    format!("/students/{}/{rest}", thing(kind, 0))
}

async fn put(world: &World, kind: Kind, body: Value) -> Answer {
    world.ask(Method::PUT, &student(kind, "papers"), "liaison", Sent::Json(body)).await
}

fn codes(missing: &Value) -> Vec<String> {
    missing.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn papers_are_kept_and_what_is_missing_is_told() {
    let world = World::new().await;
    let listed = world.get(&format!("/classes/{}/papers", thing(Kind::Class, 0)), "auditor").await.expect(200);
    let items = listed["items"].as_array().unwrap();
    assert_eq!((items[0]["missing"].as_array().unwrap().len(), &items[0]["revision"]), (0, &json!(1)));
    assert_eq!(codes(&items[1]["missing"]).len(), 5, "four papers and the number");
    assert_eq!((&items[1]["missing"][0]["rule"], &items[1]["revision"]), (&json!("R3.1"), &json!(0)));

    let kept = put(&world, Kind::Shy, with(papers(0, 0), "id_number", id_number(8).to_lowercase())).await.expect(200);
    assert_eq!((&kept["revision"], &kept["missing"]), (&json!(1), &json!([])));
    assert_eq!(kept["id_number_masked"].as_str().unwrap(), format!("2104**********{}", &id_number(8)[14..]));
    // R3.2: from Liaoning, at a school elsewhere.
    let elsewhere = put(&world, Kind::Shy, with(papers(0, 1), "school_city", "1101")).await.expect(200);
    assert_eq!(
        (codes(&elsewhere["missing"]), &elsewhere["missing"][0]["rule"]),
        (vec!["paper_missing".into()], &json!("R3.2"))
    );
    assert!(elsewhere["id_number_masked"].is_string(), "left out, the number stays");
    let hukou = with(with(papers(0, 2), "school_city", "1101"), "hukou_proof", thing(Kind::File, 0));
    assert_eq!(put(&world, Kind::Shy, hukou).await.expect(200)["missing"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_kept_is_named_and_never_repeated() {
    let world = World::new().await;
    let mut mistyped = id_number(8);
    mistyped.replace_range(17.., if mistyped.ends_with('1') { "2" } else { "1" });
    for (key, value, field, rule) in [
        ("id_number", json!(mistyped), "id_number", "R3.3"),
        ("id_number", json!("12345"), "id_number", "R3.3"),
        ("id_number", json!(210_402_200_202_281_011_u64), "id_number", "shape"),
        ("id_number", json!(id_number(0)), "id_number", "R3.4"),
        ("id_card_copy", json!(thing(Kind::File, 1)), "id_card_copy", "shape"),
        ("status_proof", json!({"issued_by": "school", "file_id": Uuid::from_u128(9)}), "status_proof.file", "shape"),
        ("hukou_province", json!("辽"), "hukou_province", "shape"),
        ("school_city", json!("抚顺"), "school_city", "shape"),
    ] {
        let answer = put(&world, Kind::Shy, with(papers(0, 0), key, value)).await;
        let body = answer.json();
        assert_eq!(
            (answer.status.as_u16(), &body["errors"][0]["field"], &body["errors"][0]["rule"]),
            (422, &json!(field), &json!(rule)),
            "{body}"
        );
        for number in [&mistyped, &id_number(0), "210402200202281011"] {
            assert!(!answer.text().contains(number), "{body}");
        }
    }
    assert_eq!(put(&world, Kind::Shy, papers(0, 3)).await.problem().1, "conflict");
    assert_eq!(put(&world, Kind::Student, papers(0, 0)).await.problem().1, "conflict", "there are some already");
    assert_eq!(world.audited().await, [""; 0]);
}

/// R3.4: 同一学员同一时间只参加一个班次, also across institutions, of which neither hears of the other.
#[tokio::test]
async fn a_person_is_in_one_running_class_at_a_time() {
    let world = World::new().await;
    let theirs = id_number(2);
    let answer = put(&world, Kind::Shy, with(papers(0, 0), "id_number", theirs.clone())).await;
    let body = answer.json();
    let rules: Vec<_> = body["errors"].as_array().unwrap().iter().map(|e| (&e["field"], &e["rule"])).collect();
    assert_eq!(rules, [(&json!("id_number"), &json!("R3.4")); 2], "two classes, two names: {body}");
    assert!(!answer.text().contains(&thing(Kind::Class, 1)) && !answer.text().contains("学员甲1"));
    let leave = json!({"on": "2024-09-02", "reason": "转班"});
    world.post(&format!("/students/{}/departure", thing(Kind::Student, 1)), "other", leave).await.expect(201);
    let answer = put(&world, Kind::Shy, with(papers(0, 0), "id_number", theirs)).await;
    assert!(answer.json()["errors"][0]["zh"].as_str().unwrap().contains("姓名"), "the other name stays wrong");
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_number_is_shown_in_full_only_to_who_asks_and_that_is_logged() {
    let world = World::new().await;
    for who in ["liaison", "auditor"] {
        let shown = world
            .post(&student(Kind::Student, "id-number"), who, json!({"reason": " 核对参保记录 "}))
            .await
            .expect(200);
        assert_eq!(shown["id_number"], id_number(0));
    }
    let none = world.post(&student(Kind::Shy, "id-number"), "manager", json!({"reason": "核对"})).await;
    assert_eq!(none.problem(), (409, "conflict".into(), "id_number".into()));
    assert_eq!(world.audited().await, ["reveal_id_number", "reveal_id_number"]);
    let log = world.get("/audit", "auditor").await.text();
    assert!(!log.contains(&id_number(0)) && log.contains("核对参保记录"), "why is kept, what was shown is not");
    let why = world.post(&student(Kind::Student, "id-number"), "liaison", json!({"reason": "  "})).await;
    assert_eq!(why.problem().2, "reason");
    let file = std::fs::read(world.dir().join("duxue.db")).unwrap();
    let number = id_number(0).into_bytes();
    assert!(!file.windows(number.len()).any(|bytes| bytes == number), "it rests encrypted");
}

#[tokio::test]
async fn consent_is_a_ledger_and_templates_go_with_it() {
    let world = World::new().await;
    let path = student(Kind::Student, "consents");
    let before = world.get(&path, "auditor").await.expect(200);
    assert_eq!((before["items"].as_array().unwrap().len(), &before["items"][0]["given"]), (1, &json!(true)));
    assert_eq!(world.post(&path, "liaison", json!({"given": true})).await.problem().1, "conflict", "given already");
    for (body, field) in [
        (json!({"given": false, "dated": "2024-10-09"}), "dated"),
        (json!({"given": false, "file_id": thing(Kind::File, 1)}), "file_id"),
    ] {
        assert_eq!(world.post(&path, "liaison", body).await.problem().2, field);
    }
    let taken = json!({"given": false, "dated": "2024-10-07", "file_id": thing(Kind::File, 0)});
    let ledger = world.post(&path, "liaison", taken).await.expect(201);
    assert_eq!((&ledger["items"][1]["given"], &ledger["items"][1]["dated"]), (&json!(false), &json!("2024-10-07")));
    let class = world.get(&format!("/classes/{}", thing(Kind::Class, 0)), "auditor").await.expect(200);
    assert_eq!(class["enrolled"], 0, "the template is gone");
    assert_eq!(world.post(&path, "liaison", json!({"given": false})).await.problem().1, "conflict");
    world.post(&path, "manager", json!({"given": true})).await.expect(201);
    assert_eq!(world.audited().await, ["take_back_face_consent", "give_face_consent"]);
    let entries = world.get("/audit", "auditor").await.expect(200);
    assert_eq!(entries["items"][1]["detail"]["templates_deleted"], 1);
}

#[tokio::test]
async fn who_left_is_on_no_roster_and_stays_on_record() {
    let world = World::new().await;
    let path = student(Kind::Student, "departure");
    let leave = |on: &str, reason: &str| json!({"on": on, "reason": reason});
    for (body, field) in [(leave("2024-10-09", "已就业"), "on"), (leave("2024-10-08", " "), "reason")] {
        assert_eq!(world.post(&path, "liaison", body).await.problem().2, field);
    }
    let left = world.post(&path, "liaison", leave("2024-10-08", "已就业")).await.expect(201);
    assert_eq!((&left["on"], &left["recorded_by"]["display_name"]), (&json!("2024-10-08"), &json!("liaison 先生")));
    assert_eq!(world.post(&path, "manager", leave("2024-10-07", "又")).await.problem().1, "conflict");
    let class = world.get(&format!("/classes/{}", thing(Kind::Class, 0)), "auditor").await.expect(200);
    assert_eq!((&class["students"], &class["enrolled"]), (&json!(1), &json!(0)));
    let roster = world.get(&format!("/classes/{}/students", thing(Kind::Class, 0)), "auditor").await.expect(200);
    assert_eq!((&roster["items"][0]["left_on"], roster["items"].as_array().unwrap().len()), (&json!("2024-10-08"), 2));
    // The day's report counts who is left.
    let report = format!("/classes/{}/reports/2024-10-08", thing(Kind::Class, 0));
    let absent = json!({"roll": 1, "present": 0, "sick": 1, "personal": 0, "other": 0,
        "absent": [{"student": thing(Kind::Student, 0), "reason": "sick"}]});
    assert_eq!(world.ask(Method::PUT, &report, "liaison", Sent::Json(absent)).await.status, 422);
    let back = world.post(&student(Kind::Student, "consents"), "liaison", json!({"given": true})).await;
    assert_eq!(back.problem().2, "given");
}

#[tokio::test]
async fn verifications_are_recorded_by_whose_they_are_until_nothing_is_owed() {
    let world = World::new().await;
    let path = format!("/classes/{}/verifications", thing(Kind::Class, 0));
    let students = [thing(Kind::Student, 0), thing(Kind::Shy, 0)];
    let owed = world.get(&path, "auditor").await.expect(200);
    assert_eq!((owed["owed_before"].as_array().unwrap().len(), owed["owed_at_end"].as_array().unwrap().len()), (6, 6));
    for matter in ["business", "other"] {
        world.pass(60);
        world.post(&path, "liaison", verified(matter, "before", &students)).await.expect(201);
        assert_eq!(
            world.post(&path, "supervisor", verified(matter, "before", &students)).await.problem().1,
            "forbidden"
        );
    }
    let pensions = verified("employment", "before", &students);
    assert_eq!(world.post(&path, "liaison", pensions.clone()).await.problem().1, "forbidden");
    world.pass(60);
    let done = world.post(&path, "supervisor", pensions).await.expect(201);
    assert_eq!((&done["owed_before"], done["done"].as_array().unwrap().len()), (&json!([]), 6));
    assert_eq!((&done["done"][0]["by"], &done["done"][0]["evidence"]), (&json!("institution"), &json!("note")));
    assert_eq!((&done["done"][4]["by"], &done["done"][4]["evidence"]), (&json!("centre"), &json!("comparison")));
    // What was found is owed until it is cleared.
    let mut found = verified("business", "before", &students[..1]);
    found["students"][0]["found"] = json!(true);
    world.pass(60);
    let found = world.post(&path, "liaison", found).await.expect(201);
    assert_eq!(codes(&found["owed_before"]), ["verification_found"]);
    assert_eq!(found["owed_before"][0]["records"][0]["id"], students[0]);
}

#[tokio::test]
async fn a_verification_needs_its_paper_and_a_student_of_the_class() {
    let world = World::new().await;
    let path = format!("/classes/{}/verifications", thing(Kind::Class, 0));
    let good = verified("business", "before", &[thing(Kind::Student, 0)]);
    let student = |key: &str, value: Value| {
        let mut body = good.clone();
        body["students"][0][key] = value;
        body
    };
    for (body, field) in [
        (with(good.clone(), "on", "2024-10-09"), "on"),
        (with(good.clone(), "students", json!([])), "students"),
        (student("file_id", Value::Null), "students[0].file_id"),
        (student("file_id", json!(thing(Kind::File, 1))), "students[0].file_id"),
        (student("student_id", json!(thing(Kind::Student, 1))), "students[0].student_id"),
        (student("note", json!("长".repeat(2001))), "note"),
    ] {
        assert_eq!(world.post(&path, "liaison", body).await.problem(), (422, "invalid".into(), field.into()));
    }
    assert_eq!(world.audited().await, [""; 0]);
}
