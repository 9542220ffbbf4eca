//! R7.2a: timetables are handed in, decided, changed, and sessions follow them.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id, teaching::lesson},
    world::World,
};

/// Two mornings of two lessons each.
pub fn timetable(file: &str, venue: &str) -> Value {
    let lesson = |start: &str, end: &str| {
        json!({
            "starts_at": format!("2024-10-{start}:00Z"), "ends_at": format!("2024-10-{end}:00Z"), "venue_id": venue,
            "subject": "焊接", "teacher": "赵老师",
        })
    };
    json!({
        "syllabus_file_id": file, "plan_file_id": file, "months": 3,
        "subjects": [{ "subject": "焊接", "lessons": 4 }],
        "lessons": [
            lesson("10T01:00", "10T01:45"), lesson("10T01:55", "10T02:40"),
            lesson("11T01:00", "11T01:45"), lesson("11T03:00", "11T03:45"),
        ],
    })
}

fn uuid(kind: Kind, side: u8) -> String {
    id::<Uuid>(kind, side).to_string()
}

fn planned(path: &str) -> String {
    format!("/classes/{}{path}", uuid(Kind::Planned, 0))
}

async fn hand_in(world: &World) -> Value {
    let body = timetable(&uuid(Kind::File, 0), &uuid(Kind::Venue, 0));
    world.post(&planned("/timetables"), "liaison", body).await.expect(201)
}

fn codes(findings: &Value) -> Vec<String> {
    let codes = findings.as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap().to_owned());
    codes.collect()
}

async fn sessions(world: &World, class: Kind) -> Vec<(String, String)> {
    let list = world.get(&format!("/classes/{}/sessions", uuid(class, 0)), "auditor").await.expect(200);
    let span = |one: &Value| {
        let at = |key: &str| one[key].as_str().unwrap().to_owned();
        (at("starts_at"), at("ends_at"))
    };
    let mut all: Vec<_> = list["items"].as_array().unwrap().iter().map(span).collect();
    all.sort();
    all
}

fn spans(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(from, to)| (format!("2024-10-{from}:00Z"), format!("2024-10-{to}:00Z"))).collect()
}

#[tokio::test]
async fn an_approval_shows_what_is_wrong_asks_why_and_makes_the_sessions() {
    let world = World::new().await;
    let handed_in = hand_in(&world).await;
    assert_eq!(handed_in["stage"], "submitted");
    // R7.2b, and R6.2: nobody approved the class.
    for code in ["too_few_lessons", "not_approved"] {
        assert!(codes(&handed_in["findings"]).contains(&code.to_owned()), "{handed_in}");
    }
    let path = format!("/timetables/{}/decision", handed_in["id"].as_str().unwrap());
    let silent = world.post(&path, "supervisor", json!({ "outcome": "approved" })).await.expect(422);
    assert_eq!((&silent["field"], &silent["rule"]), (&json!("approval_without_reason"), &json!("R7.2a")));
    assert_eq!(sessions(&world, Kind::Planned).await, []);
    let approved =
        world.post(&path, "supervisor", json!({ "outcome": "approved", "reason": "试点" })).await.expect(200);
    assert_eq!((&approved["stage"], &approved["reason"]), (&json!("approved"), &json!("试点")));
    // The break of ten minutes joins; over an hour and a quarter the room is empty.
    let expected = spans(&[("10T01:00", "10T02:40"), ("11T01:00", "11T01:45"), ("11T03:00", "11T03:45")]);
    assert_eq!(sessions(&world, Kind::Planned).await, expected);
    let again = world.post(&path, "manager", json!({ "outcome": "refused", "reason": "不行" })).await;
    assert_eq!(again.problem().1, "conflict");
    let body = timetable(&uuid(Kind::File, 0), &uuid(Kind::Venue, 0));
    let another = world.post(&planned("/timetables"), "liaison", body).await;
    assert_eq!(another.problem().1, "conflict");
    assert_eq!(world.audited().await, ["hand_in_timetable", "decide_timetable"]);
}

#[tokio::test]
async fn one_that_is_handed_in_anew_takes_the_place_of_the_waiting_one() {
    let world = World::new().await;
    hand_in(&world).await;
    let old = format!("/timetables/{}/decision", uuid(Kind::Submitted, 0));
    let decided = world.post(&old, "supervisor", json!({ "outcome": "approved", "reason": "好" })).await;
    assert_eq!(decided.problem().1, "conflict");
    let shown = world.get(&planned("/timetable"), "liaison").await.expect(200);
    assert_eq!((&shown["stage"], &shown["lessons"][0]["subject"]), (&json!("submitted"), &json!("焊接")));
}

#[tokio::test]
async fn a_refusal_gives_its_reason_and_another_may_come() {
    let world = World::new().await;
    let path = format!("/timetables/{}/decision", uuid(Kind::Submitted, 0));
    let silent = world.post(&path, "supervisor", json!({ "outcome": "refused", "reason": " " })).await;
    assert_eq!(silent.problem().2, "refusal_without_reason");
    let refused = world.post(&path, "supervisor", json!({ "outcome": "refused", "reason": "课时不足" })).await;
    assert_eq!(refused.expect(200)["reason"], "课时不足");
    assert_eq!(sessions(&world, Kind::Planned).await, []);
    hand_in(&world).await;
}

#[tokio::test]
async fn wrong_lessons_are_named_one_by_one() {
    let world = World::new().await;
    let mut body = timetable(&uuid(Kind::File, 0), &uuid(Kind::Venue, 0));
    body["lessons"][0]["venue_id"] = json!(uuid(Kind::Venue, 1));
    body["lessons"][1]["ends_at"] = json!("2024-10-10T01:55:00Z");
    body["lessons"][2]["ends_at"] = json!("2024-10-11T16:00:01Z");
    body["lessons"][3]["id"] = json!(lesson(0, 0));
    let answer = world.post(&planned("/timetables"), "liaison", body).await.expect(422);
    let fields: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["lessons[0].venue_id", "lessons[1].ends_at", "lessons[2].ends_at", "lessons[3].id"]);
    for (field, kind) in [("syllabus_file_id", Kind::File), ("plan_file_id", Kind::File)] {
        let mut body = timetable(&uuid(Kind::File, 0), &uuid(Kind::Venue, 0));
        body[field] = json!(uuid(kind, 1));
        let answer = world.post(&planned("/timetables"), "liaison", body).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()));
    }
    assert_eq!(world.audited().await, [""; 0]);
}

/// R1.2.
#[tokio::test]
async fn lessons_in_a_room_that_was_not_verified_are_shown() {
    let world = World::new().await;
    let mut body = timetable(&uuid(Kind::File, 0), &uuid(Kind::Venue, 0));
    body["lessons"][1]["venue_id"] = json!(uuid(Kind::Room, 0));
    let answer = world.post(&planned("/timetables"), "liaison", body).await.expect(201);
    let findings = answer["findings"].as_array().unwrap();
    let room = findings.iter().find(|one| one["rule"] == "R1.2").unwrap();
    assert_eq!(room["code"], "venue_not_approved");
    let approval = json!({"approved_on": "2024-10-01", "file_id": uuid(Kind::File, 0)});
    world.post(&format!("/venues/{}/approvals", uuid(Kind::Room, 0)), "manager", approval).await.expect(201);
    let answer = world.get(&planned("/timetable"), "auditor").await.expect(200);
    assert!(answer["findings"].as_array().unwrap().iter().all(|one| one["rule"] != "R1.2"));
}

#[tokio::test]
async fn a_room_that_is_taken_refuses_the_whole_approval() {
    let world = World::new().await;
    let taken = json!({ "venue_id": uuid(Kind::Venue, 0), "starts_at": "2024-10-11T03:30:00Z", "ends_at": "2024-10-11T04:00:00Z" });
    world.post(&format!("/classes/{}/sessions", uuid(Kind::Class, 0)), "manager", taken).await.expect(201);
    let handed_in = hand_in(&world).await;
    let path = format!("/timetables/{}/decision", handed_in["id"].as_str().unwrap());
    let answer = world.post(&path, "supervisor", json!({ "outcome": "approved", "reason": "好" })).await;
    assert_eq!(answer.problem(), (409, "conflict".into(), "lessons".into()));
    assert!(answer.json()["detail"].as_str().unwrap().contains("2024-10-11 11:00"), "{}", answer.text());
    assert_eq!(sessions(&world, Kind::Planned).await, []);
    assert_eq!(world.get(&planned("/timetable"), "auditor").await.expect(200)["stage"], "submitted");
}

fn changes() -> String {
    format!("/timetables/{}/changes", uuid(Kind::Timetable, 0))
}

#[tokio::test]
async fn a_change_is_asked_for_before_the_lesson_and_with_a_reason() {
    let world = World::new().await;
    // It is half past ten: the second lesson of this morning is over, the third begins now.
    for (number, code) in [(1, "change_too_late"), (2, "change_too_late")] {
        let late = json!({ "withdrawn": [lesson(0, number)], "reason": "停电" });
        assert_eq!(world.post(&changes(), "liaison", late).await.problem().2, code);
    }
    let silent = json!({ "withdrawn": [lesson(0, 5)], "reason": "  " });
    assert_eq!(world.post(&changes(), "liaison", silent).await.problem().2, "change_without_reason");
    let unknown = json!({ "withdrawn": [Uuid::now_v7()], "reason": "停电" });
    assert_eq!(world.post(&changes(), "liaison", unknown).await.problem().2, "change_of_unknown_lesson");
    let nothing = json!({ "reason": "停电" });
    assert_eq!(world.post(&changes(), "liaison", nothing).await.problem().2, "change_of_nothing");
    let waiting = format!("/timetables/{}/changes", uuid(Kind::Submitted, 0));
    let fine = json!({ "withdrawn": [lesson(0, 9)], "reason": "停电" });
    assert_eq!(world.post(&waiting, "liaison", fine).await.problem().1, "conflict");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn sessions_follow_an_approved_change_and_the_one_under_way_stays() {
    let world = World::new().await;
    let before = sessions(&world, Kind::Class).await;
    let last_of_this_morning = json!({
        "withdrawn": [lesson(0, 3)],
        "added": [{ "id": lesson(0, 3), "starts_at": "2024-10-08T06:00:00Z", "ends_at": "2024-10-08T06:45:00Z",
            "venue_id": uuid(Kind::Venue, 0), "subject": "电工基础", "teacher": "王老师" }],
        "reason": "教师开会",
    });
    let asked = world.post(&changes(), "liaison", last_of_this_morning).await.expect(201);
    assert_eq!((&asked["stage"], &asked["added"][0]["id"]), (&json!("requested"), &json!(lesson(0, 3))));
    assert_eq!(sessions(&world, Kind::Class).await, before, "a request changes nothing");
    let path = format!("/timetable-changes/{}/decision", asked["id"].as_str().unwrap());
    let agreed = world.post(&path, "supervisor", json!({ "outcome": "approved" })).await.expect(200);
    assert_eq!(agreed["stage"], "approved");
    let after = sessions(&world, Kind::Class).await;
    let morning = spans(&[("08T01:00", "08T04:00")]);
    assert!(after.contains(&morning[0]), "the session under way stays: {after:?}");
    assert!(after.contains(&spans(&[("08T06:00", "08T06:45")])[0]), "{after:?}");
    assert!(after.contains(&spans(&[("09T01:00", "09T04:00")])[0]), "tomorrow's comes with it: {after:?}");
    let again = world.post(&path, "supervisor", json!({ "outcome": "refused", "reason": "x" })).await;
    assert_eq!(again.problem().1, "conflict");
    let shown = world.get(&format!("/classes/{}/timetable", uuid(Kind::Class, 0)), "liaison").await.expect(200);
    let moved = shown["lessons"].as_array().unwrap().iter().find(|one| one["id"] == json!(lesson(0, 3))).unwrap();
    assert_eq!(moved["starts_at"], "2024-10-08T06:00:00Z");
    assert_eq!(shown["changes"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_approval_that_comes_after_the_lesson_began_is_refused() {
    let world = World::new().await;
    let path = format!("/timetable-changes/{}/decision", uuid(Kind::Change, 0));
    world.pass(24 * 3600);
    let late = world.post(&path, "supervisor", json!({ "outcome": "approved" })).await;
    assert_eq!(late.problem().2, "change_too_late");
    let refused =
        world.post(&path, "supervisor", json!({ "outcome": "refused", "reason": "已上课" })).await.expect(200);
    assert_eq!((&refused["stage"], &refused["refusal"]), (&json!("refused"), &json!("已上课")));
}
