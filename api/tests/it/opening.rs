//! 一, 二, 五, 六: every step of an opening: taken, refused, raced for.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    rows::thing,
    seed::{Kind, NOW, name},
    world::World,
};

pub fn draft(side: u8) -> Value {
    json!({
        "revision": 0, "name": "2024年电工专业1班期", "venue_ids": [thing(Kind::Venue, side)],
        "textbooks": [{"title": "电工", "in_catalogue": true}],
    })
}

pub fn self_check(side: u8) -> Value {
    let check = |item: &str| json!({"item": item, "on": "2024-09-01", "file_id": thing(Kind::File, side)});
    let checks = ["licence", "major", "venue", "textbooks"].map(check);
    json!({"revision": 1, "checks": checks})
}

pub fn filing(side: u8) -> Value {
    let papers = ["id_card", "status_proof", "no_business_statement", "registration_form", "verification_note"];
    json!({"revision": 1, "students": [{"student_id": thing(Kind::CheckedStudent, side), "in_order": papers}]})
}

pub fn application(side: u8) -> Value {
    let person = thing(if side == 0 { Kind::Liaison } else { Kind::Other }, 9);
    let picture = json!({
        "camera_id": thing(Kind::Camera, side), "brightness": 120.0, "sharpness": 200.0, "black_share": 0.0,
        "frozen_share": 0.0, "eye_distance_px": 30.0, "recognisable_share": 0.95,
    });
    let room = json!({
        "venue_id": thing(Kind::Venue, side), "from": "2024-10-08T01:40:00Z", "until": "2024-10-08T02:20:00Z",
        "students": 20, "students_seen": 20, "pictures": [picture],
    });
    json!({
        "revision": 1, "online_name": name(Kind::Filed), "platform_number": "LN-2024-1", "liaison_id": person,
        "class_manager_id": person, "rooms": [room],
    })
}

pub fn decision(approved: bool) -> Value {
    json!({"revision": 1, "approved": approved, "reason": "线上材料不全"})
}

pub fn start() -> Value {
    json!({"revision": 1, "on": "2024-10-07"})
}

fn path(kind: Kind, step: &str) -> String {
    format!("/classes/{}/opening{step}", thing(kind, 0))
}

async fn put(world: &World, kind: Kind, body: Value) -> Answer {
    world.ask(Method::PUT, &path(kind, ""), "liaison", Sent::Json(body)).await
}

fn with(mut body: Value, pointer: &str, value: impl Into<Value>) -> Value {
    *body.pointer_mut(pointer).unwrap() = value.into();
    body
}

/// Field and rule of everything that is refused.
fn errors(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let body = answer.json();
    body["errors"].as_array().unwrap().iter().map(|error| (text(&error["field"]), text(&error["rule"]))).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(field, rule)| (field.to_owned(), rule.to_owned())).to_vec()
}

fn codes(dossier: &Value) -> Vec<&str> {
    dossier["missing"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_class_has_a_dossier_from_the_moment_it_is_added() {
    let world = World::new().await;
    let new = json!({"institution_id": thing(Kind::Institution, 0), "name": "电工新班", "major": "电工",
        "starts_on": "2024-11-01", "ends_on": "2025-01-31"});
    let class = world.post("/classes", "supervisor", new).await.expect(201);
    let path = format!("/classes/{}/opening", class["id"].as_str().unwrap());
    let dossier = world.get(&path, "liaison").await.expect(200);
    assert_eq!((&dossier["stage"], &dossier["revision"]), (&json!("draft"), &json!(0)));
    assert_eq!((&dossier["name"], &dossier["first_day"]), (&json!("2024年电工专业1班期"), &json!("2024-11-01")));
    let missing = codes(&dossier);
    assert_eq!(missing[..4], ["self_check_missing"; 4]);
    assert_eq!(missing[4..], ["no_venue", "no_textbook"]);
    assert_eq!(world.get(&path, "other").await.status, 404);
}

#[tokio::test]
async fn a_class_goes_all_the_way_and_the_dossier_remembers_it() {
    let world = World::new().await;
    // The student of the prepared class goes the way of the checked one.
    let step = async |step: &str, who: &str, body: Value, stage: &str| {
        let dossier = world.post(&path(Kind::Prepared, step), who, body).await.expect(200);
        assert_eq!(dossier["stage"], stage);
        dossier
    };
    let checked = step("/self-check", "liaison", self_check(0), "self_checked").await;
    assert_eq!(codes(&checked), ["student_not_reviewed"]);
    assert_eq!(checked["missing"][0]["records"][0]["id"], thing(Kind::PreparedStudent, 0));
    let filing = with(with(filing(0), "/revision", 2), "/students/0/student_id", thing(Kind::PreparedStudent, 0));
    let filed = step("/filing", "supervisor", filing, "filed").await;
    assert_eq!(filed["filing"]["on"], "2024-10-08");
    assert_eq!(
        codes(&filed),
        ["online_name", "platform_number_missing", "no_camera", "no_liaison", "no_class_manager"]
    );
    let application = with(with(application(0), "/revision", 3), "/online_name", name(Kind::Prepared));
    let applied = step("/application", "liaison", application, "applied").await;
    assert_eq!((&applied["application"]["applied_at"], &applied["missing"]), (&json!(NOW), &json!([])));
    assert_eq!(
        (&applied["readiness"][0]["cameras"][0]["uptime_share"], &applied["readiness"][0]["cameras"][0]["sampled"]),
        (&json!(1.0), &json!(false))
    );
    let approved = step("/decision", "supervisor", with(decision(true), "/revision", 4), "approved").await;
    assert_eq!((&approved["approval"]["on"], &approved["missing"]), (&json!("2024-10-08"), &json!([])));
    let session = json!({"venue_id": thing(Kind::Room, 0), "starts_at": "2024-10-08T01:00:00Z", "ends_at": "2024-10-08T04:00:00Z"});
    world.post(&format!("/classes/{}/sessions", thing(Kind::Prepared, 0)), "supervisor", session).await.expect(201);
    let running = step("/start", "liaison", json!({"revision": 5, "on": "2024-10-08"}), "running").await;
    assert_eq!((&running["running_since"], &running["revision"]), (&json!("2024-10-08"), &json!(6)));
    for settled in ["self_check", "filing", "application", "approval"] {
        assert!(!running[settled].is_null(), "{settled}");
    }
    assert_eq!(
        world.audited().await,
        ["self_check_opening", "file_opening", "apply_for_opening", "approve_opening", "add_session", "start_class"]
    );
}

#[tokio::test]
async fn a_draft_names_what_the_institution_has_and_renames_the_class() {
    let world = World::new().await;
    for (body, field, rule) in [
        (with(draft(0), "/name", "电工一班"), "name", "R6.1"),
        (with(draft(0), "/name", "2024年焊工专业1班期"), "name", "R6.1"),
        (with(draft(0), "/venue_ids/0", thing(Kind::Venue, 1)), "venue_ids[0]", "R1.2"),
        (with(draft(0), "/venue_ids/0", Uuid::from_u128(9).to_string()), "venue_ids[0]", "R1.2"),
        (with(draft(0), "/venue_ids", json!([thing(Kind::Venue, 0), thing(Kind::Venue, 0)])), "venue_ids[1]", "R1.2"),
        (with(draft(0), "/textbooks/0/title", " "), "textbooks[0].title", "shape"),
        (with(draft(0), "/name", name(Kind::Prepared)), "name", "shape"),
    ] {
        assert_eq!(errors(&put(&world, Kind::Class, body).await), pairs([(field, rule)]));
    }
    let drafted = put(&world, Kind::Class, draft(0)).await.expect(200);
    assert_eq!((&drafted["revision"], &drafted["class"]["name"]), (&json!(1), &json!("2024年电工专业1班期")));
    assert_eq!(codes(&drafted), ["self_check_missing"; 4]);
    // What was filed is to be done again once the draft is another.
    let again = with(with(draft(0), "/revision", 1), "/name", name(Kind::Filed));
    let back = put(&world, Kind::Filed, again.clone()).await.expect(200);
    assert_eq!((&back["stage"], &back["filing"]), (&json!("draft"), &Value::Null));
    let late = put(&world, Kind::Applied, with(again, "/name", name(Kind::Applied))).await;
    assert_eq!(late.problem(), (409, "conflict".into(), "revision".into()));
    assert_eq!(world.audited().await, ["draft_opening", "draft_opening"]);
}

/// R1.1, R1.2, R1.3, R2.1.
#[tokio::test]
async fn a_self_check_is_held_against_what_the_bureau_approved() {
    let world = World::new().await;
    let check = path(Kind::Prepared, "/self-check");
    let anothers = with(self_check(0), "/checks/2/file_id", thing(Kind::File, 1));
    assert_eq!(errors(&world.post(&check, "liaison", anothers).await), pairs([("checks[2].file_id", "shape")]));
    let tomorrow = with(self_check(0), "/checks/1/on", "2024-10-09");
    assert_eq!(errors(&world.post(&check, "liaison", tomorrow).await), pairs([("self_check_missing", "R2.1")]));
    let unknown = with(
        with(draft(0), "/textbooks", json!([{"title": "电工手册", "in_catalogue": false}])),
        "/venue_ids/0",
        thing(Kind::Room, 0),
    );
    let unknown = with(with(unknown, "/revision", 1), "/name", "2023年电工专业1班期");
    put(&world, Kind::Prepared, unknown).await.expect(200);
    let refused = world.post(&check, "liaison", with(self_check(0), "/revision", 2)).await;
    assert_eq!(
        errors(&refused),
        pairs([("no_catalogue", "R1.1"), ("venue_not_approved", "R1.2"), ("textbook_not_allowed", "R1.3")])
    );
    let exception = json!({"title": "电工手册", "approved_on": "2024-10-01", "file_id": thing(Kind::File, 0)});
    let institution = format!("/institutions/{}/textbook-exceptions", thing(Kind::Institution, 0));
    world.post(&institution, "manager", exception).await.expect(201);
    let approval = json!({"approved_on": "2024-10-01", "file_id": thing(Kind::File, 0)});
    world.post(&format!("/venues/{}/approvals", thing(Kind::Room, 0)), "manager", approval).await.expect(201);
    let line = json!({"institution_id": thing(Kind::Institution, 0), "major": "电工"});
    let list = Sent::Json(json!({"revision": 0, "majors": [line]}));
    world.ask(Method::PUT, "/approval-lists/2023", "manager", list).await.expect(200);
    let checked = world.post(&check, "liaison", with(self_check(0), "/revision", 2)).await.expect(200);
    assert_eq!(checked["textbooks"][0]["ground"], "exception");
}

/// R5.1, and with it R3 and R4.
#[tokio::test]
async fn the_centre_files_only_when_every_student_has_everything() {
    let world = World::new().await;
    let file = path(Kind::Checked, "/filing");
    let lacking = with(filing(0), "/students/0/in_order", json!(["id_card"]));
    assert_eq!(errors(&world.post(&file, "supervisor", lacking).await), pairs([("filing_paper_missing", "R5.1")]));
    let students = format!("/classes/{}/students", thing(Kind::Checked, 0));
    let late = json!({"name": "晚到", "sex": "female", "face_consent": false});
    let late = world.post(&students, "liaison", late).await.expect(201);
    let refused = errors(&world.post(&file, "supervisor", filing(0)).await);
    let rules: Vec<_> = refused.iter().map(|(_, rule)| rule.as_str()).collect();
    assert_eq!(rules, ["R5.1", "R3.1", "R3.1", "R3.1", "R3.1", "R3.3", "R4.1", "R4.2", "R4.3"]);
    let leave = format!("/students/{}/departure", late["id"].as_str().unwrap());
    world.post(&leave, "liaison", json!({"on": "2024-10-08", "reason": "未开班即退出"})).await.expect(201);
    let filed = world.post(&file, "supervisor", filing(0)).await.expect(200);
    assert_eq!(filed["filing"]["students"].as_array().unwrap().len(), 1);
}

/// R6.1, R2.2, 七(六).
#[tokio::test]
async fn an_application_needs_its_names_people_and_rooms() {
    let world = World::new().await;
    let apply = path(Kind::Filed, "/application");
    let ask = async |body: Value| errors(&world.post(&apply, "liaison", body).await);
    for (pointer, value, field, rule) in [
        ("/online_name", json!("别的班"), "online_name", "R6.1"),
        ("/platform_number", json!(" "), "platform_number_missing", "R6.1"),
        ("/platform_number", json!("1".repeat(101)), "platform_number", "shape"),
        ("/liaison_id", Value::Null, "no_liaison", "R6.2"),
        ("/class_manager_id", json!(thing(Kind::Other, 9)), "class_manager_id", "R6.2"),
        ("/liaison_id", json!(thing(Kind::Manager, 9)), "liaison_id", "R6.2"),
        ("/rooms", json!([]), "rooms", "R2.2"),
        ("/rooms/0/until", json!("2024-10-08T01:49:59Z"), "rooms[0].until", "R2.2"),
        ("/rooms/0/until", json!("2024-10-08T02:30:01Z"), "rooms[0].until", "R2.2"),
        ("/rooms/0/students_seen", json!(21), "rooms[0].students_seen", "shape"),
        ("/rooms/0/students_seen", json!(18), "not_covered", "R2.2"),
        ("/rooms/0/pictures/0/black_share", json!(1.5), "rooms[0].pictures[0].black_share", "shape"),
        ("/rooms/0/pictures/0/sharpness", json!(1e40), "rooms[0].pictures[0].sharpness", "shape"),
        ("/rooms/0/pictures/0/camera_id", json!(thing(Kind::Camera, 1)), "rooms[0].pictures[0].camera_id", "shape"),
        ("/rooms/0/pictures/0/eye_distance_px", json!(10.0), "not_recognisable", "R2.2"),
    ] {
        assert_eq!(
            ask(with(application(0), pointer, value.clone())).await,
            pairs([(field, rule)]),
            "{pointer} {value}"
        );
    }
    // Nobody says that the network held: half an hour before the outage, and ten minutes of it.
    let gap = with(application(0), "/rooms/0/from", "2024-10-08T01:00:00Z");
    assert_eq!(ask(gap).await, pairs([("not_smooth", "R2.2")]));
    let unmeasured = ask(with(application(0), "/rooms/0/pictures", json!([]))).await;
    assert!(unmeasured.contains(&("not_clear".into(), "R2.2".into())), "{unmeasured:?}");
    // Who came after the review was not reviewed.
    let students = format!("/classes/{}/students", thing(Kind::Filed, 0));
    let late = json!({"name": "晚到", "sex": "female", "face_consent": false});
    world.post(&students, "liaison", late).await.expect(201);
    assert_eq!(ask(application(0)).await, pairs([("student_not_reviewed", "R5.1")]));
    assert_eq!(world.audited().await, ["add_student"]);
}

#[tokio::test]
async fn what_the_system_sampled_counts_and_not_what_is_handed_in() {
    let world = World::new().await;
    // The sample of 02:29:55 shows a good picture; what is handed in is bad. Only the gap at the end is told.
    let dark = with(application(0), "/rooms/0/pictures/0/brightness", 1.0);
    let sampled = with(dark, "/rooms/0/until", "2024-10-08T02:30:00Z");
    let refused = world.post(&path(Kind::Filed, "/application"), "liaison", sampled).await;
    assert_eq!(errors(&refused), pairs([("not_smooth", "R2.2")]));
}

#[tokio::test]
async fn an_application_is_approved_or_goes_back_with_a_reason() {
    let world = World::new().await;
    let decide = path(Kind::Applied, "/decision");
    for reason in [Value::Null, json!(" "), json!("长".repeat(2001))] {
        let answer = world.post(&decide, "supervisor", with(decision(false), "/reason", reason)).await;
        assert_eq!(errors(&answer), pairs([("reason", "shape")]));
    }
    let back = world.post(&decide, "supervisor", decision(false)).await.expect(200);
    assert_eq!((&back["stage"], &back["sent_back_because"]), (&json!("filed"), &json!("线上材料不全")));
    let again = with(with(application(0), "/revision", 2), "/online_name", name(Kind::Applied));
    let again = world.post(&path(Kind::Applied, "/application"), "liaison", again).await.expect(200);
    assert_eq!((&again["stage"], &again["sent_back_because"]), (&json!("applied"), &Value::Null));
    world.post(&decide, "supervisor", with(decision(true), "/revision", 3)).await.expect(200);
    assert_eq!(world.audited().await, ["send_back_opening", "apply_for_opening", "approve_opening"]);
}

/// R6.2.
#[tokio::test]
async fn a_class_runs_from_its_first_lesson_and_not_before_the_approval() {
    let world = World::new().await;
    let start_path = path(Kind::Approved, "/start");
    for on in ["2024-10-06", "2024-10-09"] {
        let answer = world.post(&start_path, "liaison", with(start(), "/on", on)).await;
        assert_eq!(errors(&answer), pairs([("on", "shape")]), "no session then");
    }
    // Approved today, but its lesson was yesterday.
    world.post(&path(Kind::Applied, "/decision"), "supervisor", decision(true)).await.expect(200);
    let session = json!({"venue_id": thing(Kind::Room, 0), "starts_at": "2024-10-07T01:00:00Z", "ends_at": "2024-10-07T04:00:00Z"});
    world.post(&format!("/classes/{}/sessions", thing(Kind::Applied, 0)), "supervisor", session).await.expect(201);
    let early = world.post(&path(Kind::Applied, "/start"), "liaison", with(start(), "/revision", 2)).await;
    assert_eq!(errors(&early), pairs([("before_approval", "R6.2")]));
    world.post(&start_path, "liaison", start()).await.expect(200);
    assert_eq!(world.post(&start_path, "liaison", start()).await.problem().1, "conflict");
}

#[tokio::test]
async fn no_step_is_taken_from_another_stage_or_revision_and_the_present_one_is_told() {
    let world = World::new().await;
    for (kind, step, who, body) in [
        (Kind::Checked, "/self-check", "liaison", self_check(0)),
        (Kind::Prepared, "/filing", "supervisor", filing(0)),
        (Kind::Checked, "/application", "liaison", application(0)),
        (Kind::Filed, "/decision", "supervisor", decision(true)),
        (Kind::Applied, "/start", "liaison", start()),
    ] {
        assert_eq!(
            world.post(&path(kind, step), who, body).await.problem(),
            (409, "conflict".into(), "revision".into())
        );
    }
    let stale = world.post(&path(Kind::Applied, "/decision"), "supervisor", with(decision(true), "/revision", 0)).await;
    let text = stale.json()["text"]["zh"].as_str().unwrap().to_owned();
    assert!(text.contains("已申请") && text.contains("第 1 版"), "{text}");
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    let world = World::new().await;
    let decide = path(Kind::Applied, "/decision");
    let (one, two) = tokio::join!(
        world.post(&decide, "supervisor", decision(true)),
        world.post(&decide, "manager", decision(false)),
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(world.audited().await.len(), 1);
}
