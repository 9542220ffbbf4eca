//! R7.3a: punches that devices send and tables bring.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, attendance::bearer, id},
    world::World,
};

/// A table with one line, of the first side's student.
pub const TABLE: &str = "学号,姓名,打卡时间,签到签退,打卡方式\n01,学员甲0,2024-10-08 08:40:00,签到,人脸\n";

/// The same as a Chinese Windows saves it.
const TABLE_IN_GBK: &[u8] =
    b"\xd1\xa7\xba\xc5,\xd0\xd5\xc3\xfb,\xb4\xf2\xbf\xa8\xca\xb1\xbc\xe4,\xc7\xa9\xb5\xbd\xc7\xa9\xcd\xcb,\xb4\xf2\xbf\xa8\xb7\xbd\xca\xbd\n01,\xd1\xa7\xd4\xb1\xbc\xd70,2024-10-08 08:40:00,\xc7\xa9\xb5\xbd,\xc8\xcb\xc1\xb3\n";

/// A sign-in of this morning, in time.
pub fn punch(side: u8, own_id: &str) -> Value {
    json!({
        "id": own_id,
        "student_id": id::<Uuid>(Kind::Student, side),
        "at": "2024-10-08T00:45:00Z",
        "side": "sign_in",
        "method": "face",
    })
}

pub async fn send(world: &World, side: u8, punches: Vec<Value>) -> Answer {
    let mut request = World::request(Method::POST, "/punches", "", Sent::Json(json!({ "punches": punches })));
    request.headers_mut().insert("authorization", bearer(side).parse().unwrap());
    world.send(request).await
}

fn with(mut punch: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        punch[key] = value.clone();
    }
    punch
}

async fn listed(world: &World, date: &str) -> Vec<Value> {
    let path = format!("/classes/{}/punches?date={date}", id::<Uuid>(Kind::Class, 0));
    world.get(&path, "auditor").await.expect(200)["items"].as_array().unwrap().clone()
}

fn marks(punch: &Value) -> Vec<&str> {
    punch["marks"].as_array().unwrap().iter().map(|mark| mark["mark"].as_str().unwrap()).collect()
}

/// Adds a student with a roster number.
async fn numbered(world: &World) -> String {
    let path = format!("/classes/{}/students", id::<Uuid>(Kind::Class, 0));
    let new = json!({ "name": "学员丙", "sex": "male", "number": "7", "face_consent": true });
    world.post(&path, "liaison", new).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn import(world: &World, who: &str, table: impl Into<Vec<u8>>) -> Answer {
    let (class, venue) = (id::<Uuid>(Kind::Class, 0), id::<Uuid>(Kind::Venue, 0));
    let path = format!("/classes/{class}/punches/import?venue_id={venue}");
    world.ask(Method::POST, &path, who, Sent::Raw("text/csv", table.into())).await
}

#[tokio::test]
async fn every_punch_of_a_known_student_is_kept_and_marked() {
    let world = World::new().await;
    let sent = send(
        &world,
        0,
        vec![
            punch(0, "1"),
            with(punch(0, "2"), json!({ "at": "2024-10-08T00:50:00Z" })),
            with(punch(0, "3"), json!({ "at": "2024-10-08T00:20:00Z", "method": "other" })),
            with(punch(0, "4"), json!({ "at": "2024-10-08T02:31:30Z", "side": null })),
            with(punch(0, "5"), json!({ "at": "2024-10-06T00:45:00Z" })),
        ],
    )
    .await
    .expect(200);
    assert_eq!((&sent["kept"], &sent["known"], &sent["refused"]), (&json!(5), &json!(0), &json!(0)));
    let day = listed(&world, "2024-10-08").await;
    let seen: Vec<_> = day.iter().map(|one| (one["counts"].as_bool().unwrap(), marks(one))).collect();
    assert_eq!(
        seen,
        [
            (false, vec!["early", "not_by_face", "delayed"]),
            (true, vec!["delayed"]),
            (false, vec!["duplicate", "delayed"]),
            (false, vec!["early", "clock_ahead"]),
        ]
    );
    assert_eq!(day[3]["side"], "sign_out", "half past ten is past the middle of the morning's teaching");
    assert_eq!((&day[1]["device"]["name"], &day[1]["venue"]["name"]), (&json!("门口"), &json!("0号教室")));
    let sunday = listed(&world, "2024-10-06").await;
    assert_eq!(marks(&sunday[0]), ["no_lesson", "delayed"]);
    assert_eq!(world.audited().await, ["punch"; 5]);
}

#[tokio::test]
async fn a_punch_that_is_sent_again_is_kept_once() {
    let world = World::new().await;
    let first = send(&world, 0, vec![punch(0, "1")]).await.expect(200);
    let again = send(&world, 0, vec![punch(0, "1"), punch(0, "1")]).await.expect(200);
    assert_eq!((&again["kept"], &again["known"]), (&json!(0), &json!(2)));
    assert_eq!(again["results"][0]["punch_id"], first["results"][0]["punch_id"]);
    let other = with(punch(0, "1"), json!({ "at": "2024-10-08T00:46:00Z" }));
    let other = send(&world, 0, vec![other]).await.expect(200);
    assert_eq!((&other["refused"], &other["results"][0]["outcome"]), (&json!(1), &json!("refused")));
    assert_eq!(listed(&world, "2024-10-08").await.len(), 1, "what was kept stays as it came");
}

#[tokio::test]
async fn one_that_names_nobody_is_refused_in_its_place_and_the_others_are_kept() {
    let world = World::new().await;
    let student = numbered(&world).await;
    let number = |own: &str, number: &str| with(punch(0, own), json!({ "student_id": null, "number": number }));
    let sent = send(
        &world,
        0,
        vec![
            with(punch(0, "1"), json!({ "student_id": id::<Uuid>(Kind::Student, 1) })),
            number("2", "7"),
            number("3", "8"),
            with(punch(0, "4"), json!({ "number": "7" })),
            with(punch(0, "5"), json!({ "student_id": null })),
            with(punch(0, ""), json!({})),
            punch(0, "7"),
        ],
    )
    .await
    .expect(200);
    let outcomes: Vec<_> =
        sent["results"].as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["refused", "kept", "refused", "refused", "refused", "refused", "kept"]);
    assert!(sent["results"][0]["problem"]["zh"].as_str().unwrap().contains("没有这名学员"));
    let day = listed(&world, "2024-10-08").await;
    assert!(day.iter().any(|one| one["student"]["student_id"] == json!(student)));
    assert_eq!(world.audited().await, ["add_student", "punch", "punch", "refuse_punches"]);
}

#[tokio::test]
async fn of_two_students_of_one_number_the_one_who_is_taught_there_is_meant() {
    let world = World::new().await;
    let second = json!({
        "institution_id": id::<Uuid>(Kind::Institution, 0), "name": "2024年钳工1班期", "major": "钳工",
        "starts_on": "2024-10-01", "ends_on": "2024-12-31",
    });
    let second = world.post("/classes", "manager", second).await.expect(201);
    let roster = format!("/classes/{}/students", second["id"].as_str().unwrap());
    let new = json!({ "name": "学员丁", "sex": "male", "number": "01", "face_consent": true });
    world.post(&roster, "liaison", new).await.expect(201);
    let on = |own: &str, at: &str| with(punch(0, own), json!({ "student_id": null, "number": "01", "at": at }));
    let taught = on("1", "2024-10-08T00:45:00Z");
    let sunday = on("2", "2024-10-06T00:45:00Z");
    let before_the_second_began = on("3", "2024-09-30T00:45:00Z");
    let sent = send(&world, 0, vec![taught, sunday, before_the_second_began]).await.expect(200);
    let outcomes: Vec<_> = sent["results"].as_array().unwrap().iter().map(|one| &one["outcome"]).collect();
    assert_eq!(outcomes, ["kept", "refused", "kept"]);
    assert!(sent["results"][1]["problem"]["en"].as_str().unwrap().contains("student_id"));
    let day = listed(&world, "2024-10-08").await;
    assert_eq!(day[0]["student"]["name"], "学员甲0");
}

#[tokio::test]
async fn a_body_that_is_none_keeps_nothing() {
    let world = World::new().await;
    let wrong = send(&world, 0, vec![punch(0, "1"), with(punch(0, "2"), json!({ "at": "yesterday" }))]).await;
    assert_eq!(wrong.problem(), (422, "invalid".into(), "punches[1].at".into()));
    let many = (0..501).map(|n| punch(0, &n.to_string())).collect();
    assert_eq!(send(&world, 0, many).await.problem(), (422, "invalid".into(), "punches".into()));
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn a_table_is_imported_whole_and_again_without_harm() {
    let world = World::new().await;
    let first = import(&world, "liaison", TABLE_IN_GBK).await.expect(200);
    assert_eq!(first, json!({ "kept": 1, "known": 0, "days": { "first": "2024-10-08", "last": "2024-10-08" } }));
    assert_eq!(import(&world, "liaison", TABLE).await.expect(200)["known"], 1);
    let day = listed(&world, "2024-10-08").await;
    assert_eq!((&day[0]["imported_by"]["display_name"], &day[0]["device"]), (&json!("liaison 先生"), &Value::Null));
    assert_eq!(marks(&day[0]), ["delayed"]);
    assert_eq!(world.audited().await, ["import_punch"]);
}

#[tokio::test]
async fn with_one_wrong_line_nothing_is_imported() {
    let world = World::new().await;
    let table = "学号,姓名,打卡时间,打卡方式\n01,学员甲0,2024-10-08 08:40,人脸\n8,,2024-10-08 08:40,人脸\n\
                 01,别人,2024-10-08 08:41,人脸\n01,,2024-10-09 08:41,人脸\n";
    let refused = import(&world, "liaison", table).await.expect(422);
    let fields: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["lines[3].number", "lines[4].name", "lines[5].time"]);
    assert_eq!(import(&world, "liaison", "学号\n7\n").await.problem().2, "table");
    assert_eq!(import(&world, "liaison", b"\xff\xff\x00".to_vec()).await.problem().2, "table");
    assert_eq!(listed(&world, "2024-10-08").await, [Value::Null; 0]);
    let class = id::<Uuid>(Kind::Class, 0);
    let elsewhere = format!("/classes/{class}/punches/import?venue_id={}", id::<Uuid>(Kind::Venue, 1));
    let elsewhere = world.ask(Method::POST, &elsewhere, "liaison", Sent::Raw("text/csv", TABLE.into())).await;
    assert_eq!((elsewhere.problem().2, elsewhere.json()["rule"].clone()), ("venue_id".into(), json!("R1.2")));
    let json = format!("/classes/{class}/punches/import?venue_id={}", id::<Uuid>(Kind::Venue, 0));
    assert_eq!(world.post(&json, "liaison", json!([])).await.problem().1, "unsupported-media-type");
    assert_eq!(world.audited().await, [""; 0]);
}
