//! Every route × every role × own and other institution. A route of the document without a row fails.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    seed::{Kind, id},
    world::World,
};
use Who::{Anyone, Listed, Signed, These};

/// Who may: S supervisor, M manager, A auditor, I a person of the very institution.
enum Who {
    /// Also who is not signed in.
    Anyone,
    /// Everyone signed in, about themselves or the whole.
    Signed,
    /// These, to the thing of the institution; another institution's person gets a 404.
    These(&'static str),
    /// These, to a list or a whole that belongs to nobody; an institution's person sees only their own in it.
    Listed(&'static str),
}

/// Method, path as the document has it, who, and the body that goes along.
type Row = (&'static str, &'static str, Who, fn(u8) -> Sent);

fn nothing(_: u8) -> Sent {
    Sent::Nothing
}

fn thing(kind: Kind, side: u8) -> String {
    id::<Uuid>(kind, side).to_string()
}

fn rows() -> Vec<Row> {
    vec![
        ("post", "/sign-in", Anyone, |_| Sent::Json(json!({"username": "auditor", "password": crate::seed::PASSWORD}))),
        ("post", "/sign-out", Signed, nothing),
        ("get", "/me", Signed, nothing),
        ("get", "/system", Signed, nothing),
        ("get", "/cameras", Listed("SMAI"), nothing),
        ("post", "/cameras", These("SM"), |side| {
            Sent::Json(json!({"venue_id": thing(Kind::Venue, side), "name": "新", "main_url": "rtsp://192.0.2.1/a"}))
        }),
        ("get", "/cameras/{id}", These("SMAI"), nothing),
        ("patch", "/cameras/{id}", These("SM"), |_| Sent::Json(json!({"name": "改"}))),
        ("delete", "/cameras/{id}", These("SM"), nothing),
        ("get", "/cameras/{id}/live", These("SMA"), nothing),
        ("get", "/cameras/{id}/snapshot.jpg", These("SMA"), nothing),
        ("get", "/cameras/{id}/recordings", These("SMA"), nothing),
        ("get", "/segments/{id}/content", These("SMA"), nothing),
        ("get", "/institutions", Listed("SMAI"), nothing),
        ("get", "/venues", Listed("SMAI"), nothing),
        ("post", "/venues", These("SM"), |side| {
            Sent::Json(json!({"institution_id": thing(Kind::Institution, side), "name": "新教室"}))
        }),
        ("get", "/classes", Listed("SMAI"), nothing),
        ("post", "/classes", These("SM"), |side| {
            let institution = thing(Kind::Institution, side);
            Sent::Json(json!({"institution_id": institution, "name": "新班", "major": "焊工",
                "starts_on": "2024-10-01", "ends_on": "2024-12-31"}))
        }),
        ("get", "/classes/{id}", These("SMAI"), nothing),
        ("get", "/classes/{id}/students", These("SMAI"), nothing),
        ("post", "/classes/{id}/students", These("MI"), |_| {
            Sent::Json(json!({"name": "丙", "sex": "male", "number": "7", "face_consent": false}))
        }),
        ("post", "/students/{id}/picture", These("MI"), |_| Sent::Raw("image/jpeg", b"\xff\xd8\xff a face".to_vec())),
        ("get", "/classes/{id}/sessions", These("SMAI"), nothing),
        ("post", "/classes/{id}/sessions", These("SM"), |side| {
            Sent::Json(json!({"venue_id": thing(Kind::Venue, side), "starts_at": "2024-10-09T01:00:00Z",
                "ends_at": "2024-10-09T04:00:00Z"}))
        }),
        ("get", "/classes/{id}/reports", These("SMAI"), nothing),
        ("get", "/classes/{id}/reports/{date}", These("SMAI"), nothing),
        ("put", "/classes/{id}/reports/{date}", These("I"), |_| Sent::Json(crate::reports::fine())),
        ("get", "/classes/{id}/days/{date}", These("SMAI"), nothing),
        ("get", "/days", Listed("SMAI"), nothing),
        ("get", "/findings", Listed("SMA"), nothing),
        ("get", "/findings/{id}", These("SMA"), nothing),
        ("post", "/findings/{id}/decision", These("SM"), |_| {
            Sent::Json(json!({"outcome": "confirmed", "reason": "看过画面"}))
        }),
        ("get", "/findings/{id}/frames/{file}", These("SMA"), nothing),
        ("get", "/clips", Listed("SMAI"), nothing),
        ("post", "/clips", These("SM"), |side| {
            Sent::Json(json!({"session_id": thing(Kind::Session, side), "camera_id": thing(Kind::Camera, side)}))
        }),
        ("get", "/clips/{id}", These("SMAI"), nothing),
        ("get", "/clips/{id}/content", These("SMAI"), nothing),
        ("get", "/clips/{id}/seal", These("SMAI"), nothing),
        ("post", "/clips/{id}/verify", These("SMAI"), nothing),
        ("get", "/public-key", Anyone, nothing),
        ("get", "/watches", Listed("SMA"), nothing),
        ("get", "/audit", Listed("SMA"), nothing),
        ("get", "/audit/verify", Listed("SMA"), nothing),
        ("get", "/users", Listed("M"), nothing),
        ("post", "/users", Listed("M"), |_| {
            Sent::Json(json!({"username": "neu", "display_name": "新人", "role": "auditor", "password": "long enough"}))
        }),
    ]
}

/// The address of a side's thing.
fn address(path: &str, side: u8) -> String {
    let kind = match path.split('/').nth(1).unwrap() {
        "cameras" => Kind::Camera,
        "segments" => Kind::Segment,
        "classes" => Kind::Class,
        "students" => Kind::Student,
        "findings" => Kind::Finding,
        _ => Kind::Clip,
    };
    let full = path.replace("{id}", &thing(kind, side)).replace("{date}", "2024-10-08").replace("{file}", "0.jpg");
    match path {
        "/days" | "/cameras/{id}/recordings" => full + "?date=2024-10-08",
        _ => full,
    }
}

const PEOPLE: [(char, &str); 4] = [('S', "supervisor"), ('M', "manager"), ('A', "auditor"), ('I', "liaison")];

async fn ask(world: &World, row: &Row, who: &str, side: u8) -> Answer {
    let (method, path, _, body) = row;
    let method: Method = method.to_uppercase().parse().unwrap();
    world.ask(method, &address(path, side), who, body(side)).await
}

#[test]
fn every_route_of_the_document_has_a_row() {
    let document: Value = serde_json::to_value(duxue_api::openapi::document()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            documented.insert((method.clone(), path.clone()));
        }
    }
    let tabled: BTreeSet<_> = rows().iter().map(|row| (row.0.to_owned(), row.1.to_owned())).collect();
    assert_eq!(tabled.len(), rows().len(), "a row is there twice");
    assert_eq!(documented, tabled);
}

#[tokio::test]
async fn who_is_not_signed_in_gets_nothing() {
    let world = World::new().await;
    for row in rows() {
        let answer = ask(&world, &row, "", 0).await;
        match row.2 {
            Anyone => assert_eq!(answer.status, 200, "{} {}", row.0, row.1),
            _ => assert_eq!(answer.problem().1, "not-signed-in", "{} {}", row.0, row.1),
        }
        if !matches!(row.2, Anyone) {
            assert_eq!(ask(&world, &row, "nobody", 0).await.status, 401, "{} {}: a made-up token", row.0, row.1);
        }
    }
}

#[tokio::test]
async fn whoever_may_not_is_refused_and_changes_nothing() {
    let world = World::new().await;
    for row in rows() {
        let (These(may) | Listed(may)) = row.2 else { continue };
        for (letter, who) in PEOPLE.iter().filter(|(letter, _)| !may.contains(*letter)) {
            let answer = ask(&world, &row, who, 0).await;
            assert_eq!(answer.problem().1, "forbidden", "{letter}: {} {}", row.0, row.1);
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn anothers_things_are_not_there() {
    let world = World::new().await;
    for row in rows() {
        if matches!(row.2, These(_)) {
            let there = ask(&world, &row, "other", 0).await;
            assert_eq!(there.problem().1, "not-found", "{} {}", row.0, row.1);
            // Nothing tells another's from what is nowhere at all.
            let nowhere = ask(&world, &row, "other", 77).await;
            assert_eq!(nowhere.problem(), there.problem(), "{} {}", row.0, row.1);
            assert_eq!(nowhere.json()["detail"], there.json()["detail"]);
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn whoever_may_does() {
    for row in rows() {
        let may = match row.2 {
            Anyone | Signed => "SMAI",
            These(may) | Listed(may) => may,
        };
        let mut world = World::new().await;
        for (letter, who) in PEOPLE.iter().filter(|(letter, _)| may.contains(*letter)) {
            world.cameras.set(id(Kind::Camera, 0), duxue_rules::camera::CameraState::Live);
            let answer = ask(&world, &row, who, 0).await;
            // A socket cannot be opened in process; that it was tried shows that it was allowed.
            let fine = answer.status.is_success() || (row.1.ends_with("/live") && answer.status == 426);
            assert!(fine, "{letter}: {} {}: {} {}", row.0, row.1, answer.status, answer.text());
            if row.0 != "get" {
                world = World::new().await;
            }
        }
    }
}

/// The identities of everything of one side.
fn of_side(side: u8) -> Vec<String> {
    [Kind::Institution, Kind::Venue, Kind::Camera, Kind::Class, Kind::Session, Kind::Clip, Kind::Finding, Kind::Student]
        .map(|kind| thing(kind, side))
        .to_vec()
}

#[tokio::test]
async fn lists_hold_ones_own_and_only_that() {
    let world = World::new().await;
    for row in rows().iter().filter(|row| row.0 == "get") {
        let Listed(may) = row.2 else { continue };
        if !may.contains('I') {
            continue;
        }
        let theirs = ask(&world, row, "liaison", 0).await.text();
        assert!(of_side(0).iter().any(|id| theirs.contains(id)), "{}: nothing of their own: {theirs}", row.1);
        assert!(!of_side(1).iter().any(|id| theirs.contains(id)), "{}: another's: {theirs}", row.1);
        let all = ask(&world, row, "auditor", 0).await.text();
        assert!(of_side(1).iter().any(|id| all.contains(id)), "{}: an auditor sees all", row.1);
    }
}

#[tokio::test]
async fn filters_do_not_reach_over_the_wall() {
    let world = World::new().await;
    let class = thing(Kind::Class, 1);
    let clips = world.get(&format!("/clips?class_id={class}"), "liaison").await.expect(200);
    assert_eq!(clips["items"], json!([]));
}
