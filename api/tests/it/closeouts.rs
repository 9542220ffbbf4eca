//! R8.1, R8.2: close-out, assessments, certificates.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, id, settlement::student},
    world::World,
};

fn uuid(kind: Kind, side: u8) -> String {
    id::<Uuid>(kind, side).to_string()
}

fn of(class: Kind, what: &str) -> String {
    format!("/classes/{}/{what}", uuid(class, 0))
}

fn application(students: &[String]) -> Value {
    let file = uuid(Kind::File, 0);
    json!({ "ledger_file_id": file, "pass_list_file_id": file, "pass_list": students })
}

fn both() -> [String; 2] {
    [0, 1].map(|number| student(0, Kind::Ended, number).to_string())
}

fn decision() -> String {
    format!("/closeouts/{}/decision", uuid(Kind::CloseOut, 0))
}

#[tokio::test]
async fn an_application_in_time_is_taken_and_a_late_one_is_marked() {
    let world = World::new().await;
    let path = of(Kind::Class, "closeouts");
    let body = application(&[uuid(Kind::Student, 0)]);
    let taken = world.post(&path, "liaison", body.clone()).await.expect(201);
    assert_eq!(
        (&taken["state"], &taken["late"], &taken["due_on"]),
        (&json!("applied"), &json!(false), &json!("2024-12-17"))
    );
    assert_eq!(taken["applied_on"], "2024-10-08");
    assert_eq!(world.post(&path, "liaison", body).await.problem().1, "conflict", "one at a time");
    let late = world.get(&of(Kind::Ended, "closeouts"), "liaison").await.expect(200)["items"][0].clone();
    assert_eq!((&late["late"], &late["state"]), (&json!(true), &json!("applied")));
    assert_eq!(world.audited().await, ["apply_for_closeout"]);
}

#[tokio::test]
async fn what_an_application_lacks_is_told() {
    let world = World::new().await;
    let path = of(Kind::Class, "closeouts");
    let one = uuid(Kind::Student, 0);
    for (body, field) in [
        (application(&[]), "pass_list_missing"),
        (application(&[one.clone(), one.clone()]), "passed_twice"),
        (application(&[uuid(Kind::Student, 1)]), "passed_not_on_roster"),
    ] {
        let answer = world.post(&path, "liaison", body).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()));
        assert_eq!(answer.json()["rule"], "R8.1");
    }
    for field in ["ledger_file_id", "pass_list_file_id"] {
        let mut body = application(std::slice::from_ref(&one));
        body[field] = json!(uuid(Kind::File, 1));
        assert_eq!(world.post(&path, "liaison", body).await.problem().2, field, "another institution's file");
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn the_centre_accepts_once_the_course_is_over_and_says_why_it_leaves_somebody_out() {
    let world = World::new().await;
    let [one, two] = both();
    let accepted =
        |students: &[&String], reason: &str| json!({ "outcome": "accepted", "students": students, "reason": reason });
    let silent = world.post(&decision(), "supervisor", accepted(&[&one], "")).await;
    assert_eq!(silent.problem().2, "left_out_without_reason");
    let stranger = student(0, Kind::Finished, 0).to_string();
    let strange = world.post(&decision(), "supervisor", accepted(&[&one, &two, &stranger], "")).await;
    assert_eq!(strange.problem().2, "accepted_not_on_list");
    let both =
        tokio::join!(async { world.post(&decision(), "supervisor", accepted(&[&one], "出勤不足")).await }, async {
            world.post(&decision(), "manager", accepted(&[&one, &two], "")).await
        },);
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "it is decided once");
    let shown = world.get(&of(Kind::Ended, "closeouts"), "auditor").await.expect(200)["items"][0].clone();
    assert_eq!(shown["state"], "accepted");
    assert!(shown["accepted"].as_array().unwrap().contains(&json!(one)));

    let path = of(Kind::Class, "closeouts");
    let running = world.post(&path, "liaison", application(&[uuid(Kind::Student, 0)])).await.expect(201);
    let early = format!("/closeouts/{}/decision", running["id"].as_str().unwrap());
    let early = world.post(&early, "supervisor", accepted(&[&uuid(Kind::Student, 0)], "")).await;
    assert_eq!(early.problem().2, "accepted_before_end");
}

#[tokio::test]
async fn after_a_refusal_with_its_reason_another_application_may_come() {
    let world = World::new().await;
    let silent = world.post(&decision(), "supervisor", json!({ "outcome": "turned_down", "reason": " " })).await;
    assert_eq!(silent.problem().2, "refusal_without_reason");
    let refused = json!({ "outcome": "turned_down", "reason": "台账不全" });
    let shown = world.post(&decision(), "supervisor", refused).await.expect(200);
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("turned_down"), &json!("台账不全")));
    let assess = json!({ "assessments": [{ "student_id": both()[0], "on": "2024-09-20" }] });
    assert_eq!(world.post(&of(Kind::Ended, "assessments"), "supervisor", assess).await.problem().1, "conflict");
    world.post(&of(Kind::Ended, "closeouts"), "liaison", application(&both())).await.expect(201);
}

#[tokio::test]
async fn who_failed_is_assessed_again_and_who_passed_has_one_certificate() {
    let world = World::new().await;
    let path = of(Kind::Finished, "assessments");
    let line = |number: u8, on: &str, certificate: Option<&str>| {
        let certificate = certificate
            .map(|number| json!({ "kind": "vocational_skill", "number": number, "issued_on": "2024-10-08" }));
        json!({ "student_id": student(0, Kind::Finished, number), "on": on, "certificate": certificate })
    };
    let post = async |lines: Vec<Value>| world.post(&path, "supervisor", json!({ "assessments": lines })).await;
    let again = post(vec![line(0, "2024-09-20", Some("LN-9"))]).await;
    assert_eq!(again.problem().2, "certified_already");
    assert_eq!(post(vec![line(1, "2024-09-05", Some("LN-9"))]).await.problem().2, "assessed_before_acceptance");
    assert_eq!(post(vec![line(1, "2024-10-09", None)]).await.problem().2, "assessments[0].on");
    assert_eq!(post(vec![]).await.problem().2, "assessments");
    // Another class of the same institution has this number.
    let number = format!("LN0{}", Kind::Passed as u8);
    assert_eq!(post(vec![line(1, "2024-09-20", Some(&number))]).await.problem().2, "number");
    assert_eq!(world.audited().await, [""; 0], "all of them or none");
    let kept = post(vec![line(1, "2024-09-20", Some("LN-9"))]).await.expect(201);
    let items = kept["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[2]["certificate"]["number"]), (3, &json!("LN-9")));
    assert_eq!(world.audited().await, ["record_assessment"]);
}
