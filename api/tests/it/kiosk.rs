//! R7.3a: check-in at a kiosk by face.

use axum::http::{HeaderValue, Method};
use duxue_rules::ids::PunchId;
use duxue_storage::{liveness::Liveness, punch::PunchFace};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, attendance::bearer, id},
    world::World,
};

/// A picture that looks so much like the first student, in hundredths.
fn picture(likeness: u8) -> Vec<u8> {
    [b"\xff\xd8\xff picture ".as_slice(), &[likeness]].concat()
}

async fn show(world: &World, side: u8, query: &str, picture: Vec<u8>) -> Answer {
    let path = format!("/kiosk/faces?{query}");
    let mut request = World::request(Method::POST, &path, "", Sent::Raw("image/jpeg", picture));
    request.headers_mut().insert("authorization", HeaderValue::try_from(bearer(side)).unwrap());
    world.send(request).await
}

async fn punches(world: &World) -> Vec<Value> {
    let path = format!("/classes/{}/punches?date=2024-10-08", id::<Uuid>(Kind::Class, 0));
    world.get(&path, "auditor").await.expect(200)["items"].as_array().unwrap().clone()
}

const MORNING: &str = "id=1&at=2024-10-08T00:45:00Z";

#[tokio::test]
async fn who_is_recognised_has_punched_and_the_picture_is_not_kept() {
    let world = World::new().await;
    let answer = show(&world, 0, MORNING, picture(80)).await.expect(200);
    assert_eq!(answer["outcome"], "recognised");
    let punch = &answer["punch"];
    assert_eq!((&punch["student"]["name"], &punch["side"]), (&json!("学员甲0"), &json!("sign_in")));
    assert_eq!((&punch["at"], &punch["margin"]), (&json!("2024-10-08T00:45:00Z"), &Value::Null));
    let kept = punches(&world).await;
    assert_eq!((kept.len(), &kept[0]["method"], &kept[0]["counts"]), (1, &json!("face"), &json!(true)));
    assert_eq!(kept[0]["marks"][0]["mark"], "delayed", "it came an hour and three quarters late, and is marked");
    let id: PunchId = kept[0]["id"].as_str().unwrap().parse().unwrap();
    let face = world.store.read().await.unwrap().punch(id).await.unwrap().unwrap().face.unwrap();
    assert_eq!(face.picture_sha256, <[u8; 32]>::from(Sha256::digest(picture(80))));
    assert_eq!((face.model.as_str(), face.similarity, face.margin), ("sface", 0.8, None));
    let seen = world.store.read().await.unwrap().punch_liveness(id).await.unwrap();
    assert_eq!(seen, Some(Liveness { pictures: 1, in_person: 1 }));
    assert_eq!(world.audited().await, ["punch"]);
    // Sent again, as the answer was lost: known, and kept once.
    let again = show(&world, 0, MORNING, picture(80)).await.expect(200);
    assert_eq!(again["punch"]["id"], punch["id"]);
    let other = show(&world, 0, "id=1&at=2024-10-08T00:46:00Z", picture(80)).await;
    assert_eq!(other.problem().1, "conflict", "another punch under the same identity");
    assert_eq!(punches(&world).await.len(), 1);
}

#[tokio::test]
async fn a_picture_held_up_is_noted_and_refuses_nobody() {
    let world = World::new().await;
    let mut held_up = picture(80);
    held_up[3] = 1;
    let answer = show(&world, 0, MORNING, held_up).await.expect(200);
    assert_eq!(answer["outcome"], "recognised");
    let id: PunchId = answer["punch"]["id"].as_str().unwrap().parse().unwrap();
    let seen = world.store.read().await.unwrap().punch_liveness(id).await.unwrap();
    assert_eq!(seen, Some(Liveness { pictures: 1, in_person: 0 }));
}

#[tokio::test]
async fn unsure_and_unknown_are_answers_and_nothing_is_kept_of_them() {
    let world = World::new().await;
    for (likeness, outcome) in [(30, "unsure"), (5, "unknown")] {
        let answer = show(&world, 0, MORNING, picture(likeness)).await.expect(200);
        assert_eq!(answer, json!({ "outcome": outcome, "punch": null }));
    }
    // Nobody is taught there on that day, so there is nobody to compare with.
    let sunday = show(&world, 0, "id=2&at=2024-10-06T00:45:00Z", picture(80)).await.expect(200);
    assert_eq!(sunday["outcome"], "unknown");
    assert_eq!((punches(&world).await.len(), world.audited().await), (0, vec![]));
}

#[tokio::test]
async fn who_took_back_consent_or_left_is_not_compared_with() {
    let world = World::new().await;
    let student = id::<Uuid>(Kind::Student, 0);
    let no = json!({ "given": false });
    world.post(&format!("/students/{student}/consents"), "liaison", no).await.expect(201);
    assert_eq!(show(&world, 0, MORNING, picture(80)).await.expect(200)["outcome"], "unknown");
    let world = World::new().await;
    let left = json!({ "on": "2024-10-08", "reason": "已就业" });
    world.post(&format!("/students/{student}/departure"), "liaison", left).await.expect(201);
    assert_eq!(show(&world, 0, MORNING, picture(80)).await.expect(200)["outcome"], "unknown");
}

#[tokio::test]
async fn a_picture_that_will_not_do_says_why_and_without_models_it_is_not_taken() {
    let world = World::new().await;
    let nobody = show(&world, 0, MORNING, b"\xff\xd8".to_vec()).await;
    assert_eq!(nobody.problem(), (422, "invalid".into(), "picture".into()));
    assert_eq!(show(&world, 0, "id=1", picture(80)).await.problem().1, "bad-parameter");
    assert_eq!(show(&world, 0, "id=%20&at=2024-10-08T00:45:00Z", picture(80)).await.problem().2, "id");
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(show(&world, 0, MORNING, picture(80)).await.problem().1, "unavailable");
    let person = world.ask(
        Method::POST,
        "/kiosk/faces?id=1&at=2024-10-08T00:45:00Z",
        "manager",
        Sent::Raw("image/jpeg", picture(80)),
    );
    assert_eq!(person.await.problem().1, "not-signed-in");
}

/// The same person in another light: the picture's face is like the enrolment, and not too much.
fn evening(likeness: u8) -> Vec<u8> {
    [b"\xff\xd8\xff evening ".as_slice(), &[likeness]].concat()
}

async fn templates(world: &World) -> usize {
    let mut tx = world.store.read().await.unwrap();
    tx.templates_of_student(id(Kind::Student, 0), "sface", &world.secret).await.unwrap().len()
}

#[tokio::test]
async fn a_face_beyond_doubt_that_is_new_becomes_one_more_template_and_no_other_does() {
    let world = World::new().await;
    assert_eq!(templates(&world).await, 1);
    // Like the enrolment: nothing new. Recognised, but not beyond doubt.
    show(&world, 0, "id=1&at=2024-10-08T00:45:00Z", picture(80)).await.expect(200);
    show(&world, 0, "id=2&at=2024-10-08T00:46:00Z", evening(50)).await.expect(200);
    assert_eq!((templates(&world).await, world.audited().await), (1, vec!["punch".to_owned(), "punch".to_owned()]));
    show(&world, 0, "id=3&at=2024-10-08T00:47:00Z", evening(80)).await.expect(200);
    assert_eq!(templates(&world).await, 2);
    assert_eq!(world.audited().await.last().unwrap(), "learn_face");
    // Sent again, and once more later: what is known adds nothing.
    show(&world, 0, "id=3&at=2024-10-08T00:47:00Z", evening(80)).await.expect(200);
    show(&world, 0, "id=4&at=2024-10-08T00:48:00Z", evening(80)).await.expect(200);
    assert_eq!(templates(&world).await, 2);
    // It goes with consent, as all do.
    let no = json!({ "given": false });
    let student = id::<Uuid>(Kind::Student, 0);
    world.post(&format!("/students/{student}/consents"), "liaison", no).await.expect(201);
    assert_eq!(templates(&world).await, 0);
}

/// What a device asks, and sends as JSON if anything.
async fn device(world: &World, method: Method, path: &str, body: Option<Value>) -> Answer {
    let mut request = World::request(method, path, "", body.map_or(Sent::Nothing, Sent::Json));
    request.headers_mut().insert("authorization", HeaderValue::try_from(bearer(0)).unwrap());
    world.send(request).await
}

#[tokio::test]
async fn a_kiosk_hears_where_it_is_and_when_punches_count_but_nobodys_name() {
    let world = World::new().await;
    let answer = device(&world, Method::GET, "/kiosk/day", None).await;
    let text = answer.text();
    let kiosk = answer.expect(200);
    assert_eq!((&kiosk["face"], &kiosk["face_off"]), (&json!(true), &Value::Null));
    assert_eq!(kiosk["now"], json!(crate::seed::NOW));
    assert_eq!(kiosk["venue"]["id"], json!(id::<Uuid>(Kind::Venue, 0)));
    let class = &kiosk["classes"][0];
    assert_eq!(class["class"]["id"], json!(id::<Uuid>(Kind::Class, 0)));
    assert_eq!(
        (&class["sign_in"]["opens"], &class["sign_in"]["closes"]),
        (&json!("2024-10-08T00:30:00Z"), &json!("2024-10-08T01:00:00Z"))
    );
    assert!(!text.contains("学员"), "a device may punch, and nothing else: {text}");
    // On a Sunday nobody is taught.
    world.pass(5 * 24 * 3600);
    assert_eq!(device(&world, Method::GET, "/kiosk/day", None).await.expect(200)["classes"], json!([]));
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    let off = device(&world, Method::GET, "/kiosk/day", None).await.expect(200);
    assert_eq!((&off["face"], &off["face_off"]["zh"]), (&json!(false), &json!("未找到模型")));
}

#[tokio::test]
async fn whoever_refuses_face_processing_types_a_number_and_a_statement_is_still_due() {
    let world = World::new().await;
    let typed = |own: &str, number: &str| {
        let body = json!({ "id": own, "number": number, "at": "2024-10-08T00:45:00Z" });
        device(&world, Method::POST, "/kiosk/numbers", Some(body))
    };
    let answer = typed("n1", "01").await.expect(200);
    assert_eq!(
        (&answer["name"], &answer["side"], &answer["known"]),
        (&json!("学***"), &json!("sign_in"), &json!(false))
    );
    assert!(answer["notice"]["zh"].as_str().unwrap().contains("书面说明"));
    let again = typed("n1", "01").await.expect(200);
    assert_eq!((&again["punch_id"], &again["known"]), (&answer["punch_id"], &json!(true)));
    assert_eq!(typed("n2", "999").await.problem(), (422, "invalid".into(), "number".into()));
    let kept = punches(&world).await;
    assert_eq!((kept.len(), &kept[0]["method"], &kept[0]["counts"]), (1, &json!("other"), &json!(false)));
    assert!(kept[0]["marks"].as_array().unwrap().iter().any(|mark| mark["mark"] == "not_by_face"));
    assert_eq!((&kept[0]["face"], world.audited().await), (&Value::Null, vec!["punch".to_owned()]));
}

#[tokio::test]
async fn the_centre_sees_how_sure_a_kiosk_was_and_the_institution_does_not() {
    let world = World::new().await;
    show(&world, 0, MORNING, picture(80)).await.expect(200);
    let path = format!("/classes/{}/punches?date=2024-10-08", id::<Uuid>(Kind::Class, 0));
    for who in ["supervisor", "manager", "auditor"] {
        let face = world.get(&path, who).await.expect(200)["items"][0]["face"].clone();
        assert_eq!((&face["model"], &face["margin"]), (&json!("sface"), &Value::Null), "{who}");
        assert!((face["similarity"].as_f64().unwrap() - 0.8).abs() < 1e-6, "{who}");
        assert_eq!(face["liveness"], json!({ "pictures": 1, "in_person": 1 }), "{who}");
    }
    let own = world.get(&path, "liaison").await.expect(200);
    assert_eq!((&own["items"][0]["method"], &own["items"][0]["face"]), (&json!("face"), &Value::Null));
}

#[tokio::test]
async fn pictures_taken_without_network_come_later_and_again_without_harm() {
    let world = World::new().await;
    // The next day's evening: what the kiosk kept comes in one go, oldest last.
    world.pass(32 * 3600);
    let evening = "id=2&at=2024-10-08T08:40:00Z";
    let first = show(&world, 0, evening, picture(81)).await.expect(200)["punch"].clone();
    assert_eq!((&first["side"], &first["known"]), (&json!("sign_out"), &json!(false)));
    let morning = show(&world, 0, MORNING, picture(80)).await.expect(200)["punch"].clone();
    assert_eq!((&morning["side"], &morning["at"]), (&json!("sign_in"), &json!("2024-10-08T00:45:00Z")));
    for kept in punches(&world).await {
        assert!(kept["marks"].as_array().unwrap().iter().any(|mark| mark["mark"] == "delayed"), "{kept}");
    }
    // The answer was lost; meanwhile the student took back consent, and the models are gone. It was kept all the same.
    let no = json!({ "given": false });
    world.post(&format!("/students/{}/consents", id::<Uuid>(Kind::Student, 0)), "liaison", no).await.expect(201);
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    let again = show(&world, 0, MORNING, picture(80)).await.expect(200)["punch"].clone();
    assert_eq!((&again["id"], &again["known"]), (&morning["id"], &json!(true)));
    assert_eq!(show(&world, 0, MORNING, picture(79)).await.problem().1, "conflict", "another picture is another punch");
    assert_eq!(punches(&world).await.len(), 2);
}

/// Types the number of the first student, and gives the punch's identity and the whole answer.
async fn typed(world: &World) -> (String, Value) {
    let body = json!({ "id": "n1", "number": "01", "at": "2024-10-08T00:45:00Z" });
    let answer = device(world, Method::POST, "/kiosk/numbers", Some(body)).await.expect(200);
    (answer["punch_id"].as_str().unwrap().to_owned(), answer)
}

async fn seen_with(world: &World, side: u8, punch: &str, picture: &[u8]) -> Answer {
    let sent = Sent::Raw("image/jpeg", picture.to_vec());
    let mut request = World::request(Method::PUT, &format!("/punches/{punch}/picture"), "", sent);
    request.headers_mut().insert("authorization", HeaderValue::try_from(bearer(side)).unwrap());
    world.send(request).await
}

/// What is kept of the face behind a punch.
async fn face_of(world: &World, punch: &str) -> Option<PunchFace> {
    let mut tx = world.store.read().await.unwrap();
    tx.punch(punch.parse().unwrap()).await.unwrap().unwrap().face
}

const STRANGER: &[u8] = b"\xff\xd8\xff a stranger";

#[tokio::test]
async fn who_punches_for_another_is_held_against_them_and_only_a_strangers_face_is_kept() {
    let world = World::new().await;
    let (punch, answer) = typed(&world).await;
    assert_eq!(answer["picture_wanted"], true);
    let told = json!({ "compared": true, "why": null });
    assert_eq!(seen_with(&world, 0, &punch, STRANGER).await.expect(200), told);
    let face = face_of(&world, &punch).await.unwrap();
    assert!(face.similarity.abs() < 1e-3 && face.eye_distance_px == Some(60.0), "{face:?}");
    let portrait = face.portrait.unwrap();
    assert!(world.dir().join("objects").join(portrait).exists());
    assert_eq!(world.audited().await, ["punch", "compare_punch"]);
    // Sent again it is known; another picture of the same punch is refused.
    assert_eq!(seen_with(&world, 0, &punch, STRANGER).await.expect(200), told);
    assert_eq!(seen_with(&world, 0, &punch, &picture(80)).await.problem().1, "conflict");
    assert_eq!(world.audited().await.len(), 2);
    // The punch is what it was.
    let kept = punches(&world).await;
    assert_eq!((kept.len(), &kept[0]["counts"]), (1, &json!(false)));

    let world = World::new().await;
    let (punch, _) = typed(&world).await;
    seen_with(&world, 0, &punch, &picture(80)).await.expect(200);
    let face = face_of(&world, &punch).await.unwrap();
    assert!((face.similarity - 1.0).abs() < 1e-3 && face.portrait.is_none(), "themselves: nothing to look at");
}

#[tokio::test]
async fn whoever_refuses_face_processing_is_not_compared_when_they_punch() {
    let world = World::new().await;
    let no = json!({ "given": false });
    world.post(&format!("/students/{}/consents", id::<Uuid>(Kind::Student, 0)), "liaison", no).await.expect(201);
    let (punch, answer) = typed(&world).await;
    assert_eq!(answer["picture_wanted"], false);
    let told = seen_with(&world, 0, &punch, STRANGER).await.expect(200);
    assert_eq!(told["compared"], false);
    assert!(told["why"]["zh"].as_str().unwrap().contains("不同意人脸处理"));
    assert_eq!(face_of(&world, &punch).await, None);
}

#[tokio::test]
async fn a_device_sends_pictures_of_its_own_punches_and_without_models_none() {
    let world = World::new().await;
    let (punch, _) = typed(&world).await;
    assert_eq!(seen_with(&world, 1, &punch, STRANGER).await.problem().1, "not-found", "another device's");
    assert_eq!(seen_with(&world, 0, &id::<Uuid>(Kind::Class, 0).to_string(), STRANGER).await.problem().1, "not-found");
    assert_eq!(seen_with(&world, 0, &punch, b"\xff\xd8").await.problem(), (422, "invalid".into(), "picture".into()));
    world.vision.off.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(seen_with(&world, 0, &punch, STRANGER).await.problem().1, "unavailable");
    assert_eq!(face_of(&world, &punch).await, None);
}
