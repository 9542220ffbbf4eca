//! What becomes of a video that was handed in: taken or turned down, shown in pictures, held against others.

use duxue_rules::{ids::UploadId, upload::Likeness};
use duxue_storage::{
    Objects, SigningKey,
    likeness::{NewLikeness, Other, UploadView},
    session::NewSession,
    upload::{NewUpload, Verdict},
};
use jiff::civil::date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    seed::{Kind, at, footage, id, span},
    world::World,
};

/// A lesson of the fourth of October, of which nothing was recorded, and a sealed video of it.
async fn unrecorded(world: &World, side: u8, hour: i8) -> (Uuid, Uuid) {
    handed_in(world, side, hour, true).await
}

async fn handed_in(world: &World, side: u8, hour: i8, looked_at: bool) -> (Uuid, Uuid) {
    let (session, upload) = (Uuid::now_v7(), Uuid::now_v7());
    let mut tx = world.store.begin().await.unwrap();
    let lesson = NewSession {
        id: session.into(),
        class: id(Kind::Class, side),
        venue: id(Kind::Venue, side),
        date: date(2024, 10, 4),
        span: span(&format!("2024-10-04T0{hour}:00:00Z"), &format!("2024-10-04T0{}:00:00Z", hour + 1)),
        created_at: at("2024-10-01T00:00:00Z"),
    };
    tx.add_session(&lesson).await.unwrap();
    let new = NewUpload {
        id: upload.into(),
        institution: id(Kind::Institution, side),
        class: id(Kind::Class, side),
        session: Some(session.into()),
        claimed_start: at(&format!("2024-10-04T0{hour}:10:00Z")),
        name: "四日.mp4".into(),
        metadata: String::new(),
        length: 4,
        expires_at: at("2024-10-15T00:00:00Z"),
        created_at: at("2024-10-05T00:00:00Z"),
        created_by: id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9),
    };
    tx.add_upload(&new).await.unwrap();
    tx.receive_upload(new.id, new.created_at).await.unwrap();
    let objects = Objects::directory(world.dir().join("objects")).unwrap();
    let place = duxue_storage::objects::upload_prefix(new.institution, new.id);
    let stored = objects.put_hashed(&place, "mp4", b"film".as_slice()).await.unwrap();
    let sha256 = stored.digests.sha256.to_string();
    let verdict = Verdict::Accepted { object: stored.key.clone(), sha256: sha256.clone(), video: footage::video() };
    tx.decide_upload(new.id, &verdict, new.created_at).await.unwrap();
    footage::seal(&mut tx, &objects, &SigningKey::from_bytes(&[6; 32]), new.id, stored).await;
    if looked_at {
        let view =
            UploadView { upload: new.id, sha256, sheet: None, thumbnail: None, trace: None, made_at: new.created_at };
        tx.add_upload_view(&view).await.unwrap();
    }
    tx.commit().await.unwrap();
    (session, upload)
}

async fn raised(world: &World, upload: Uuid, other: Other) -> String {
    let likeness = Likeness { span: (0, 90), other_span: (30, 120), mirrored: false, alike: 0.9, same_file: false };
    let raised_at = at("2024-10-08T02:00:00Z");
    let new = NewLikeness { id: Uuid::now_v7().into(), upload: UploadId(upload), other, likeness, raised_at };
    let mut tx = world.store.begin().await.unwrap();
    tx.add_likeness(&new).await.unwrap();
    tx.commit().await.unwrap();
    format!("/likenesses/{}", new.id)
}

fn taken(revision: u32, session: Uuid) -> Value {
    json!({ "outcome": "taken", "revision": revision, "session_id": session })
}

fn turned_down(revision: u32) -> Value {
    json!({ "outcome": "turned_down", "revision": revision, "reason": " 不是本班教室 " })
}

fn codes(answer: &Value) -> Vec<&str> {
    answer["against"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

async fn day(world: &World) -> Value {
    let standing = world.get(&format!("/classes/{}/evidence", id::<Uuid>(Kind::Class, 0)), "auditor").await.expect(200);
    standing["days"].as_array().unwrap().iter().find(|day| day["date"] == "2024-10-04").unwrap().clone()
}

#[tokio::test]
async fn a_video_counts_once_a_person_has_taken_it() {
    let world = World::new().await;
    let (session, upload) = unrecorded(&world, 0, 1).await;
    let evidence = format!("/uploads/{upload}/evidence");
    let before = world.get(&evidence, "auditor").await.expect(200);
    assert_eq!((&before["state"], &before["revision"], codes(&before)), (&json!("undecided"), &json!(0), vec![]));
    assert_eq!(day(&world).await["state"], "lost");
    let answer = world.post(&evidence, "supervisor", taken(0, session)).await.expect(200);
    assert_eq!((&answer["state"], &answer["revision"]), (&json!("taken"), &json!(1)));
    assert_eq!(answer["session_id"], json!(session));
    let counted = day(&world).await;
    assert_eq!((&counted["state"], &counted["upload_id"]), (&json!("counted"), &json!(upload)));
    assert_eq!(counted["clip_id"], Value::Null);
    let shown = world.get(&format!("/uploads/{upload}"), "liaison").await.expect(200);
    assert_eq!((&shown["evidence"]["state"], shown["sealed_at"].is_string()), (&json!("taken"), true));
    // Somebody who saw it undecided comes too late.
    assert_eq!(world.post(&evidence, "manager", turned_down(0)).await.status, 409);
    let answer = world.post(&evidence, "manager", turned_down(1)).await.expect(200);
    assert_eq!((&answer["state"], &answer["reason"]), (&json!("turned_down"), &json!("不是本班教室")));
    assert_eq!(day(&world).await["state"], "lost");
    let shown = world.get(&format!("/uploads/{upload}"), "liaison").await.expect(200);
    assert_eq!(shown["evidence"]["reason"], "不是本班教室");
    assert_eq!(world.audited().await, ["take_upload", "turn_down_upload"]);
}

#[tokio::test]
async fn what_stands_against_it_keeps_it_from_being_taken() {
    let world = World::new().await;
    let (session, upload) = unrecorded(&world, 0, 1).await;
    let evidence = format!("/uploads/{upload}/evidence");
    // Of that lesson it shows nothing.
    let past = id::<Uuid>(Kind::Past, 0);
    let refused = world.post(&evidence, "supervisor", taken(0, past)).await.expect(422);
    let said: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(said, ["too_short", "day_covered"], "and a clip of ours counts of that day");
    let elsewhere = world.post(&evidence, "supervisor", taken(0, id(Kind::Past, 1))).await.expect(422);
    assert_eq!(elsewhere["errors"][0]["field"], "session_id");
    let silent = json!({ "outcome": "turned_down", "revision": 0, "reason": "  " });
    assert_eq!(world.post(&evidence, "supervisor", silent).await.expect(422)["errors"][0]["field"], "reason");
    let half = format!("/uploads/{}/evidence", id::<Uuid>(Kind::Upload, 0));
    assert_eq!(world.post(&half, "supervisor", taken(0, session)).await.status, 409, "it is not sealed");
    assert_eq!(world.audited().await, [""; 0]);
    // Another video of the same day, of another lesson.
    world.post(&evidence, "supervisor", taken(0, session)).await.expect(200);
    let (later, second) = unrecorded(&world, 0, 3).await;
    let evidence = format!("/uploads/{second}/evidence");
    let refused = world.post(&evidence, "supervisor", taken(0, later)).await.expect(422);
    assert_eq!(refused["errors"][0]["field"], "day_covered");
}

#[tokio::test]
async fn what_is_still_being_compared_is_not_taken() {
    let world = World::new().await;
    let (session, upload) = handed_in(&world, 0, 1, false).await;
    let evidence = format!("/uploads/{upload}/evidence");
    assert_eq!(world.post(&evidence, "supervisor", taken(0, session)).await.status, 409);
    world.post(&evidence, "supervisor", turned_down(0)).await.expect(200);
}

#[tokio::test]
async fn the_same_footage_is_decided_first_and_counts_once() {
    let world = World::new().await;
    let (session, upload) = unrecorded(&world, 0, 1).await;
    let (others_session, others) = unrecorded(&world, 1, 1).await;
    let likeness = raised(&world, upload, Other::Upload(UploadId(others))).await;
    let (own, other) = (format!("/uploads/{upload}/evidence"), format!("/uploads/{others}/evidence"));
    for evidence in [&own, &other] {
        assert_eq!(codes(&world.get(evidence, "auditor").await.expect(200)), ["likeness_undecided"], "from both sides");
    }
    let refused = world.post(&own, "supervisor", taken(0, session)).await.expect(422);
    assert_eq!(refused["errors"][0]["field"], "likeness_undecided");
    let shown = world.get(&likeness, "auditor").await.expect(200);
    assert_eq!((&shown["upload"]["id"], &shown["other_upload"]["id"]), (&json!(upload), &json!(others)));
    assert_eq!((&shown["span"]["until"], &shown["other_span"]["from"]), (&json!(90), &json!(30)));
    assert_eq!(shown["other_upload"]["institution"]["id"], json!(id::<Uuid>(Kind::Institution, 1)));
    let decision = json!({ "outcome": "confirmed", "reason": "同一段" });
    let decided = world.post(&format!("{likeness}/decision"), "supervisor", decision.clone()).await.expect(200);
    assert_eq!((&decided["state"], &decided["reason"]), (&json!("confirmed"), &json!("同一段")));
    assert_eq!(world.post(&format!("{likeness}/decision"), "manager", decision).await.status, 409, "once");
    // One of the two may count.
    world.post(&other, "supervisor", taken(0, others_session)).await.expect(200);
    let refused = world.post(&own, "supervisor", taken(0, session)).await.expect(422);
    assert_eq!(refused["errors"][0]["field"], "counted_already");
    world.post(&other, "supervisor", turned_down(1)).await.expect(200);
    world.post(&own, "supervisor", taken(0, session)).await.expect(200);
}

#[tokio::test]
async fn institutions_hear_nothing_of_each_others_footage() {
    let world = World::new().await;
    let (_, upload) = unrecorded(&world, 0, 1).await;
    let (_, others) = unrecorded(&world, 1, 1).await;
    let likeness = raised(&world, upload, Other::Upload(UploadId(others))).await;
    for (who, status) in [("liaison", 403), ("other", 404)] {
        assert_eq!(world.get(&likeness, who).await.status, status, "{who}");
        assert_eq!(world.get("/likenesses", who).await.status, 403, "{who}");
        assert_eq!(world.get(&format!("/uploads/{upload}/evidence"), who).await.status, status, "{who}");
    }
    let shown = world.get(&format!("/uploads/{upload}"), "liaison").await.text();
    assert!(!shown.contains(&others.to_string()) && !shown.contains("likeness"), "{shown}");
    let list = world.get(&format!("/likenesses?upload_id={others}&state=open"), "auditor").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let own = format!("/likenesses?class_id={}", id::<Uuid>(Kind::Class, 1));
    assert_eq!(world.get(&own, "auditor").await.expect(200)["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn pictures_of_a_video_are_shown_and_each_look_is_logged() {
    let world = World::new().await;
    let kept = format!("/uploads/{}", id::<Uuid>(Kind::Kept, 0));
    for picture in ["contact-sheet", "thumbnail"] {
        let answer = world.get(&format!("{kept}/{picture}"), "liaison").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/jpeg"));
        assert!(answer.bytes.starts_with(&[0xff, 0xd8]));
    }
    assert_eq!(world.audited().await, ["read_contact_sheet", "read_thumbnail"]);
    let (_, upload) = unrecorded(&world, 0, 1).await;
    assert_eq!(world.get(&format!("/uploads/{upload}/thumbnail"), "liaison").await.status, 404, "none is made yet");
}

#[tokio::test]
async fn what_was_taken_and_is_found_to_be_like_other_footage_does_not_count_until_decided() {
    let world = World::new().await;
    let (session, upload) = unrecorded(&world, 0, 1).await;
    let (others_session, others) = unrecorded(&world, 1, 1).await;
    let own = format!("/uploads/{upload}/evidence");
    world.post(&own, "supervisor", taken(0, session)).await.expect(200);
    assert_eq!(day(&world).await["state"], "counted");
    let question = async |who: &str| {
        let shown = world.get(&format!("/uploads/{upload}"), who).await.expect(200);
        (shown["evidence"]["state"].clone(), shown["evidence"]["in_question"].clone())
    };
    assert_eq!(question("liaison").await, (json!("taken"), Value::Null));
    // Another institution hands in the same later on.
    let likeness = raised(&world, others, Other::Upload(UploadId(upload))).await;
    let standing = world.get(&format!("/classes/{}/evidence", id::<Uuid>(Kind::Class, 0)), "liaison").await;
    assert!(!standing.text().contains(&others.to_string()), "whose the other is stays unsaid");
    let standing = standing.expect(200);
    let aside = standing["set_aside"].as_array().unwrap().iter().find(|one| one["upload_id"] == json!(upload)).unwrap();
    assert!(aside["why"]["zh"].as_str().unwrap().contains("尚未认定"), "{aside}");
    assert_ne!(day(&world).await["state"], "counted");
    let (state, text) = question("liaison").await;
    assert_eq!((state, text["zh"].as_str().unwrap().contains("尚未认定")), (json!("taken"), true));
    // It was the other that came later: decided to be the same, this one counts again and the other cannot.
    let decision = json!({ "outcome": "confirmed", "reason": "同一段" });
    world.post(&format!("{likeness}/decision"), "supervisor", decision).await.expect(200);
    assert_eq!((day(&world).await["state"].clone(), question("auditor").await.1), (json!("counted"), Value::Null));
    let refused = world.post(&format!("/uploads/{others}/evidence"), "supervisor", taken(0, others_session)).await;
    assert_eq!(refused.expect(422)["errors"][0]["field"], "counted_already");
    // Like a clip of our own, which was there first, and the same: it is taken and does not count.
    let clip = raised(&world, upload, Other::Clip(id(Kind::Clip, 0))).await;
    assert_ne!(day(&world).await["state"], "counted");
    let decision = json!({ "outcome": "confirmed", "reason": "翻录" });
    world.post(&format!("{clip}/decision"), "supervisor", decision).await.expect(200);
    assert_ne!(day(&world).await["state"], "counted");
    assert!(question("liaison").await.1["en"].as_str().unwrap().contains("counts already"));
    // Final: a person turns it down, and nothing is in question any more.
    world.post(&own, "supervisor", turned_down(1)).await.expect(200);
    assert_eq!(question("liaison").await, (json!("turned_down"), Value::Null));
}
