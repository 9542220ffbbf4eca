//! Every route × every role × own and other institution. A route of the document without a row fails.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    ask::Answer,
    rows::{
        Row,
        Who::{Anyone, Device, Listed, Signed, SignedAndReady, These},
        address, rows, thing,
    },
    seed::{Kind, attendance::bearer, id},
    world::World,
};

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
            Anyone => assert!(answer.status.is_success(), "{} {}", row.0, row.1),
            // Its answers have no body.
            _ if row.0 == "head" => assert_eq!(answer.status, 401, "a device: {} {}", row.0, row.1),
            _ => assert_eq!(answer.word(), "not-signed-in", "{} {}", row.0, row.1),
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
            assert_eq!(answer.word(), "forbidden", "{letter}: {} {}", row.0, row.1);
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn a_person_is_no_device_and_a_device_no_person() {
    let world = World::new().await;
    for row in rows() {
        if matches!(row.2, Device) {
            for (letter, who) in PEOPLE {
                assert_eq!(
                    ask(&world, &row, who, 0).await.problem().1,
                    "not-signed-in",
                    "{letter}: {} {}",
                    row.0,
                    row.1
                );
            }
            continue;
        }
        let method: Method = row.0.to_uppercase().parse().unwrap();
        let mut request = World::request(method, &address(row.1, 0), "", row.3(0));
        request.headers_mut().insert("authorization", bearer(0).parse().unwrap());
        let answer = world.send(request).await;
        match row.2 {
            Anyone => assert!(answer.status.is_success(), "{} {}", row.0, row.1),
            // Its answers have no body.
            _ if row.0 == "head" => assert_eq!(answer.status, 401, "a device: {} {}", row.0, row.1),
            _ => assert_eq!(answer.problem().1, "not-signed-in", "a device: {} {}", row.0, row.1),
        }
    }
    let changed: Vec<_> = world
        .audited()
        .await
        .into_iter()
        .filter(|action| !["sign_in", "accept_invitation"].contains(&action.as_str()))
        .collect();
    assert_eq!(changed, [""; 0]);
}

#[tokio::test]
async fn anothers_things_are_not_there() {
    let world = World::new().await;
    for row in rows() {
        if matches!(row.2, These(_)) {
            let there = ask(&world, &row, "other", 0).await;
            assert_eq!(there.word(), "not-found", "{} {}", row.0, row.1);
            // Nothing tells another's from what is nowhere at all.
            let nowhere = ask(&world, &row, "other", 77).await;
            assert_eq!((nowhere.status, nowhere.word()), (there.status, there.word()), "{} {}", row.0, row.1);
            if row.0 != "head" {
                assert_eq!(nowhere.problem(), there.problem(), "{} {}", row.0, row.1);
                assert_eq!(nowhere.json()["detail"], there.json()["detail"]);
            }
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn whoever_may_does() {
    for row in rows() {
        let may = match row.2 {
            Device => "",
            Anyone | Signed | SignedAndReady => "SMAI",
            These(may) | Listed(may) => may,
        };
        let mut world = World::new().await;
        for (letter, who) in PEOPLE.iter().filter(|(letter, _)| may.contains(*letter)) {
            world.cameras.set(id(Kind::Camera, 0), duxue_rules::camera::CameraState::Live);
            let answer = ask(&world, &row, who, 0).await;
            // A socket cannot be opened in process; that it was tried shows that it was allowed.
            let looked_for = matches!(row.2, SignedAndReady) && [409, 422].contains(&answer.status.as_u16());
            let fine = answer.status.is_success() || looked_for || (row.1.ends_with("/live") && answer.status == 426);
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
