//! R10.1, R10.2: what everybody may read, objections, and payment.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use duxue_rules::{crosscheck::FindingKind, ids::FindingId};

use crate::{
    ask::{Answer, Sent},
    enrolment::papers,
    seed::{Kind, conduct::finding, id, id_number, settlement::student},
    world::World,
};

const DAY: i64 = 24 * 3600;

fn uuid(kind: Kind) -> String {
    id::<Uuid>(kind, 0).to_string()
}

async fn publish(world: &World) -> Answer {
    let path = format!("/classes/{}/notices", uuid(Kind::Finished));
    world.ask(Method::POST, &path, "manager", Sent::Nothing).await
}

fn payment(holder: &str) -> Value {
    json!({ "on": "2024-10-08", "account_holder": holder, "account_kind": "basic", "fund": "employment_subsidy" })
}

async fn pay(world: &World, notice: &str, body: Value) -> Answer {
    world.post(&format!("/notices/{notice}/payment"), "manager", body).await
}

async fn raise(world: &World, class: Kind) {
    let mut tx = world.store.begin().await.unwrap();
    let sessions = tx.all_sessions_of_class(id(class, 0)).await.unwrap();
    let mut open = finding(FindingId(Uuid::now_v7()), 0, Kind::Past, FindingKind::PictureDark, 1);
    (open.session, open.class) = (sessions[0].id, id(class, 0));
    tx.raise_finding(&open).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_notice_is_open_to_everybody_with_masked_numbers_while_it_hangs() {
    let world = World::new().await;
    let published = publish(&world).await.expect(201);
    // The day of publication is none of the five: 9, 10, 11, 12 (made up for the holiday) and 14 October.
    assert_eq!((&published["until"], &published["standing"]), (&json!("2024-10-14"), &json!("running")));
    let path = format!("/notices/{}", published["id"].as_str().unwrap());
    let read = world.get(&path, "").await.expect(200);
    let masked = format!("2104**********{}", &id_number(208)[14..]);
    assert_eq!(read["lines"], json!([{ "name": "学员丙0", "masked_number": masked, "amount_fen": 300_000 }]));
    assert_eq!((&read["institution"], &read["total_fen"]), (&json!("第0培训学校"), &json!(300_000)));
    for hidden in ["of_class", "objections", "published_by", "subsidy_id"] {
        assert_eq!(read[hidden], Value::Null, "{hidden} is not for everybody");
    }
    assert!(!world.get(&path, "").await.text().contains(&id_number(208)[6..14]), "no whole number");
    let listed = world.get("/notices", "").await.expect(200);
    assert!(listed["items"].as_array().unwrap().contains(&read));
    assert_eq!(publish(&world).await.problem().1, "conflict", "one at a time");
    assert_eq!(world.audited().await, ["publish_notice"]);
    world.pass(6 * DAY);
    assert_eq!(world.get(&path, "").await.status, 200, "to the end of the last day");
    world.pass(DAY);
    assert_eq!(world.get(&path, "").await.problem().1, "not-found");
    assert_eq!(world.get("/notices", "").await.expect(200)["items"], json!([]));
}

/// R10.1: 含隐藏或遮挡部分数字.
#[tokio::test]
async fn a_recorded_id_number_is_the_one_that_a_notice_masks() {
    let world = World::new().await;
    let mut papers = papers(0, 1);
    papers["id_number"] = json!(id_number(40));
    let path = format!("/students/{}/papers", student(0, Kind::Finished, 0).0);
    world.ask(Method::PUT, &path, "liaison", Sent::Json(papers)).await.expect(200);
    let published = publish(&world).await.expect(201);
    let read = world.get(&format!("/notices/{}", published["id"].as_str().unwrap()), "").await.expect(200);
    let masked = read["lines"][0]["masked_number"].as_str().unwrap();
    assert_eq!(masked, format!("2104**********{}", &id_number(40)[14..]));
}

#[tokio::test]
async fn only_what_nothing_stands_before_goes_up_and_only_while_the_records_say_the_same() {
    let world = World::new().await;
    raise(&world, Kind::Finished).await;
    assert_eq!(publish(&world).await.problem().1, "conflict", "the records changed since it was reckoned");
    world.pass(1);
    let path = format!("/classes/{}/subsidies", uuid(Kind::Finished));
    world.ask(Method::POST, &path, "manager", Sent::Nothing).await.expect(201);
    let refused = publish(&world).await;
    assert_eq!((refused.problem().2.as_str(), &refused.json()["rule"]), ("findings_open", &json!("R9.4")));
    let path = format!("/classes/{}/notices", uuid(Kind::Ended));
    assert_eq!(world.ask(Method::POST, &path, "manager", Sent::Nothing).await.problem().1, "conflict", "not reckoned");
}

#[tokio::test]
async fn an_objection_stops_the_result_until_it_is_decided_and_the_institution_learns_not_whose() {
    let world = World::new().await;
    let notice = uuid(Kind::Notice);
    assert_eq!(pay(&world, &notice, payment("第0培训学校")).await.problem().1, "conflict", "it still hangs");
    world.pass(7 * DAY);
    let path = format!("/classes/{}/notices", uuid(Kind::Noticed));
    let mut tx = world.store.begin().await.unwrap();
    let until = "2024-12-01T00:00:00Z".parse().unwrap();
    for who in ["manager", "liaison"] {
        let user = tx.user_to_sign_in(who).await.unwrap().unwrap().0;
        tx.add_sign_in(
            crate::seed::token(&format!("{who}-later")).hash(),
            user.id,
            "2024-10-15T00:00:00Z".parse().unwrap(),
            until,
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let whole = world.get(&path, "manager-later").await.expect(200)["items"][0].clone();
    assert_eq!((&whole["standing"], &whole["objections"][0]["objector"]), (&json!("contested"), &json!("某市民")));
    let theirs = world.get(&path, "liaison-later").await.expect(200)["items"][0]["objections"][0].clone();
    assert_eq!(
        (&theirs["objector"], &theirs["text"], &theirs["on"]),
        (&Value::Null, &Value::Null, &json!("2024-10-08"))
    );
    let contested = world.post(&format!("/notices/{notice}/payment"), "manager-later", payment("第0培训学校")).await;
    assert_eq!(contested.problem().1, "conflict");

    let decision = format!("/objections/{}/decision", uuid(Kind::Objection));
    let silent = world.post(&decision, "manager-later", json!({ "outcome": "dismissed", "reason": " " })).await;
    assert_eq!(silent.problem().2, "reason");
    let dismissed = json!({ "outcome": "dismissed", "reason": "经核实不属实" });
    let passed = world.post(&decision, "manager-later", dismissed.clone()).await.expect(200);
    assert_eq!((&passed["standing"], &passed["objections"][0]["outcome"]), (&json!("passed"), &json!("dismissed")));
    assert_eq!(world.post(&decision, "manager-later", dismissed).await.problem().1, "conflict");
    let mut body = payment("第0培训学校");
    body["on"] = json!("2024-10-15");
    let paid = world.post(&format!("/notices/{notice}/payment"), "manager-later", body).await.expect(201);
    assert_eq!(paid["payment"]["amount_fen"], 300_000);
}

#[tokio::test]
async fn an_upheld_objection_fells_the_notice_and_a_new_reckoning_may_go_up() {
    let world = World::new().await;
    let decision = format!("/objections/{}/decision", uuid(Kind::Objection));
    let upheld = json!({ "outcome": "upheld", "reason": "经核实属实" });
    assert_eq!(world.post(&decision, "manager", upheld).await.expect(200)["standing"], "fallen");
    assert_eq!(world.get(&format!("/notices/{}", uuid(Kind::Notice)), "").await.problem().1, "not-found");
    let path = |what: &str| format!("/classes/{}/{what}", uuid(Kind::Noticed));
    let again = world.ask(Method::POST, &path("notices"), "manager", Sent::Nothing).await;
    assert_eq!(again.problem().1, "conflict", "the same reckoning does not hang twice");
    world.pass(1);
    world.ask(Method::POST, &path("subsidies"), "manager", Sent::Nothing).await.expect(201);
    world.ask(Method::POST, &path("notices"), "manager", Sent::Nothing).await.expect(201);
    let early = json!({ "on": "2024-10-07", "objector": "某市民", "text": "有异议" });
    let early = world.post(&format!("/notices/{}/objections", uuid(Kind::Notice)), "manager", early).await;
    assert_eq!((early.problem().2.as_str(), &early.json()["rule"]), ("on", &json!("R10.1")));
}

#[tokio::test]
async fn it_is_paid_once_to_the_basic_account_after_the_notice() {
    let world = World::new().await;
    let notice = uuid(Kind::PassedNotice);
    let own = || payment("第0培训学校");
    assert_eq!(pay(&world, &notice, payment("他人")).await.problem().2, "not_the_basic_account");
    let mut other = own();
    other["account_kind"] = json!("other");
    assert_eq!(pay(&world, &notice, other).await.problem().2, "not_the_basic_account");
    for (on, field) in [("2024-09-20", "before_the_notice_ended"), ("2024-10-09", "on")] {
        let mut body = own();
        body["on"] = json!(on);
        let refused = pay(&world, &notice, body).await;
        assert_eq!((refused.problem().2.as_str(), &refused.json()["rule"]), (field, &json!("R10.2")));
    }
    let (one, two) = tokio::join!(pay(&world, &notice, own()), pay(&world, &notice, own()));
    let (paid, late) = if one.status == 201 { (one, two) } else { (two, one) };
    assert_eq!(late.problem().1, "conflict", "of two at once one is paid");
    let paid = paid.expect(201);
    assert_eq!(
        (&paid["payment"]["amount_fen"], &paid["payment"]["fund"]),
        (&json!(300_000), &json!("employment_subsidy"))
    );
    let path = format!("/classes/{}/notices", uuid(Kind::Passed));
    let again = world.ask(Method::POST, &path, "manager", Sent::Nothing).await;
    assert_eq!(again.json()["detail"], "The class was paid already.");
    assert_eq!(world.audited().await, ["record_payment"]);
}

#[tokio::test]
async fn nothing_is_paid_while_a_finding_of_the_class_is_open() {
    let world = World::new().await;
    raise(&world, Kind::Passed).await;
    let refused = pay(&world, &uuid(Kind::PassedNotice), payment("第0培训学校")).await;
    assert_eq!((refused.problem().2.as_str(), &refused.json()["rule"]), ("findings_open", &json!("R9.4")));
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn amounts_that_changed_since_a_notice_passed_hang_anew_before_they_are_paid() {
    let world = World::new().await;
    let path = |what: &str| format!("/classes/{}/{what}", uuid(Kind::Passed));
    let publish = async || world.ask(Method::POST, &path("notices"), "manager", Sent::Nothing).await;
    assert_eq!(publish().await.json()["detail"], "The class has a notice already.");
    let certificate = json!({ "kind": "vocational_skill", "number": "LN-9", "issued_on": "2024-10-08" });
    let passed = json!({ "student_id": student(0, Kind::Passed, 1), "on": "2024-09-20", "certificate": certificate });
    world.post(&path("assessments"), "supervisor", json!({ "assessments": [passed] })).await.expect(201);
    let refused = pay(&world, &uuid(Kind::PassedNotice), payment("第0培训学校")).await;
    assert_eq!(refused.problem().1, "conflict", "what hung is no longer right");
    world.pass(1);
    world.ask(Method::POST, &path("subsidies"), "manager", Sent::Nothing).await.expect(201);
    let hangs = publish().await.expect(201);
    assert_eq!((&hangs["total_fen"], &hangs["standing"]), (&json!(600_000), &json!("running")));
    let old = pay(&world, &uuid(Kind::PassedNotice), payment("第0培训学校")).await;
    assert_eq!(old.problem().1, "conflict", "the notice of the old amounts is paid no more");
}
