//! Changes of only what the sender has seen: over every route that takes `If-Match`.

use axum::http::Method;
use duxue_rules::{camera::CameraState, ids::CameraId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    rows::{
        Row,
        Who::{Listed, Signed, SignedAndReady, These},
        address, rows,
    },
    seed::{Kind, id},
    world::World,
};

/// The rows of routes that take it, with the address of what is seen.
fn conditional() -> Vec<(Row, String, &'static str)> {
    let document: Value = serde_json::to_value(duxue_api::openapi::document()).unwrap();
    let takes = |method: &str, path: &str| {
        let parameters = document["paths"][path][method]["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|parameter| parameter["name"] == "If-Match"))
    };
    let readable =
        |path: &str| document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"].is_object();
    let mut found = Vec::new();
    for row in rows().into_iter().filter(|row| takes(row.0, row.1)) {
        let who = match row.2 {
            These(may) | Listed(may) if may.contains('M') => "manager",
            These(may) | Listed(may) if may.contains('I') => "liaison",
            These(may) | Listed(may) if may.contains('S') => "supervisor",
            Signed | SignedAndReady => "manager",
            _ => panic!("nobody may {} {}", row.0, row.1),
        };
        let mut seen = row.1;
        let mut above = 0;
        while !readable(seen) {
            seen = seen.rsplit_once('/').unwrap().0;
            above += 1;
        }
        let full = address(row.1, 0);
        let mut of = full.split('?').next().unwrap();
        for _ in 0..above {
            of = of.rsplit_once('/').unwrap().0;
        }
        let of = of.to_owned();
        found.push((row, of, who));
    }
    found
}

async fn change(world: &World, row: &Row, who: &str, tag: &str) -> Answer {
    let method: Method = row.0.to_uppercase().parse().unwrap();
    let mut request = World::request(method, &address(row.1, 0), who, row.3(0));
    request.headers_mut().insert("if-match", tag.parse().unwrap());
    world.send(request).await
}

#[tokio::test]
async fn every_route_that_takes_it_refuses_what_was_not_seen_and_changes_nothing() {
    let world = World::new().await;
    let rows = conditional();
    assert!(rows.len() > 50, "only {} routes take it", rows.len());
    for (row, of, who) in rows {
        let name = format!("{} {}", row.0, row.1);
        let seen = world.get(&of, who).await;
        // What nobody has made yet is not there to be seen.
        if seen.status != 200 {
            assert_eq!(change(&world, &row, who, "*").await.status, seen.status, "{name}");
            continue;
        }
        for tag in ["\"0\"".to_owned(), format!("W/{}", seen.header("etag")), "nonsense".to_owned()] {
            let answer = change(&world, &row, who, &tag).await;
            assert_eq!(answer.problem(), (412, "changed".into(), String::new()), "{name} {tag}");
            assert_eq!(answer.header("etag"), seen.header("etag"), "{name}");
            assert_eq!(answer.json()["current"], seen.json(), "{name}");
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn every_route_that_takes_it_makes_the_change_of_what_was_seen() {
    for (row, of, who) in conditional() {
        for any in [false, true] {
            let world = World::new().await;
            let seen = world.get(&of, who).await;
            if seen.status != 200 {
                continue;
            }
            let tag = if any { "*".to_owned() } else { format!("\"0\", {}", seen.header("etag")) };
            let answer = change(&world, &row, who, &tag).await;
            let looked_for = matches!(row.2, SignedAndReady) && [409, 422].contains(&answer.status.as_u16());
            assert!(answer.status.is_success() || looked_for, "{} {} {tag}: {}", row.0, row.1, answer.text());
        }
    }
}

#[tokio::test]
async fn whoever_may_not_hears_so_before_anything_else() {
    let world = World::new().await;
    for (row, of, _) in conditional() {
        let nobody = change(&world, &row, "", "\"0\"").await;
        // What everybody may read is looked at first, and is no secret.
        let open = world.get(&of, "").await.status.as_u16();
        let expected = if open == 200 { 412 } else { open };
        assert!([401, expected].contains(&nobody.status.as_u16()), "{} {}: {}", row.0, row.1, nobody.text());
        // Of a list that belongs to nobody everybody sees their own.
        if !matches!(row.2, These(_)) || !row.1.contains('{') || open != 401 {
            continue;
        }
        // Nothing of another institution's is told, neither that it is there nor what it is.
        let method: Method = row.0.to_uppercase().parse().unwrap();
        let mut answers = Vec::new();
        for side in [0, 77] {
            let mut request = World::request(method.clone(), &address(row.1, side), "other", row.3(side));
            request.headers_mut().insert("if-match", "\"0\"".parse().unwrap());
            let answer = world.send(request).await;
            assert!([404, 412].contains(&answer.status.as_u16()), "{} {}: {}", row.0, row.1, answer.text());
            assert!(answer.json()["current"].is_null(), "{} {}", row.0, row.1);
            answers.push(answer.problem());
        }
        assert_eq!(answers[0], answers[1], "{} {}", row.0, row.1);
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn of_those_who_saw_the_same_one_changes_it() {
    let world = World::new().await;
    let camera = id::<Uuid>(Kind::Camera, 0);
    let path = format!("/cameras/{camera}");
    let tag = world.get(&path, "manager").await.header("etag").to_owned();
    let rename = |name: String| {
        let mut request = World::request(Method::PATCH, &path, "manager", Sent::Json(json!({ "name": name })));
        request.headers_mut().insert("if-match", tag.parse().unwrap());
        world.send(request)
    };
    let answers = futures::future::join_all((0..6).map(|n| rename(format!("前门{n}")))).await;
    let (done, late): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status.is_success());
    assert_eq!((done.len(), late.len()), (1, 5));
    let now = world.get(&path, "manager").await;
    for answer in late {
        assert_eq!(answer.problem().1, "changed");
        assert_eq!(
            (answer.header("etag"), &answer.json()["current"]["name"]),
            (now.header("etag"), &now.json()["name"])
        );
    }
    assert_eq!(world.audited().await.len(), 1);
}

#[tokio::test]
async fn how_a_camera_does_meanwhile_is_no_change_of_it() {
    let world = World::new().await;
    let camera = id::<CameraId>(Kind::Camera, 0);
    let path = format!("/cameras/{camera}");
    let rename = async |name: &str, path: &str, method: Method, tag: &str| {
        let body = match method {
            Method::POST => {
                json!({ "venue_id": id::<Uuid>(Kind::Venue, 0), "name": name, "main_url": "rtsp://192.0.2.9/main" })
            }
            _ => json!({ "name": name }),
        };
        let mut request = World::request(method, path, "manager", Sent::Json(body));
        request.headers_mut().insert("if-match", tag.parse().unwrap());
        world.send(request).await
    };
    for (method, path) in [(Method::PATCH, path.as_str()), (Method::POST, "/cameras")] {
        world.cameras.set(camera, CameraState::Connecting);
        let seen = world.get(path, "manager").await;
        world.cameras.set(camera, CameraState::Live);
        let read = world.get_with(path, "manager", &[("if-none-match", seen.header("etag"))]).await;
        assert_eq!(read.status, 200, "a reader hears of it");
        assert_ne!(read.header("etag"), seen.header("etag"));
        let done = rename(&format!("{method}甲"), path, method.clone(), seen.header("etag")).await;
        assert!(done.status.is_success(), "{method}: {}", done.text());
        let late = rename(&format!("{method}乙"), path, method.clone(), read.header("etag")).await;
        assert_eq!(late.problem(), (412, "changed".into(), String::new()), "{method}: a new name is a change");
    }
    assert_eq!(world.audited().await, ["change_camera", "add_camera"]);
}

#[tokio::test]
async fn what_is_shown_a_day_at_a_time_has_no_address_to_be_seen_at() {
    let world = World::new().await;
    let class = id::<Uuid>(Kind::Class, 0);
    let day = world.get(&format!("/classes/{class}/punches?date=2024-10-08"), "liaison").await;
    let path = format!("/classes/{class}/punches/import?venue_id={}", id::<Uuid>(Kind::Venue, 0));
    for tag in [day.header("etag"), "*", "\"0\""] {
        let mut request = World::request(Method::POST, &path, "liaison", Sent::Raw("text/csv", b"x".to_vec()));
        request.headers_mut().insert("if-match", tag.parse().unwrap());
        let answer = world.send(request).await;
        assert_eq!(answer.problem(), (412, "changed".into(), String::new()), "{tag}");
        assert!(answer.json()["current"].is_null(), "{tag}");
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn what_is_nowhere_to_be_seen_is_never_what_was_seen() {
    let world = World::new().await;
    let mut request = World::request(
        Method::POST,
        &format!("/leaves/{}/cancellation", id::<Uuid>(Kind::Leave, 0)),
        "liaison",
        Sent::Nothing,
    );
    request.headers_mut().insert("if-match", "*".parse().unwrap());
    assert_eq!(world.send(request).await.problem(), (412, "changed".into(), String::new()));
    // A report that was not sent yet is not there, not even for a star.
    let path = format!("/classes/{}/reports/2024-10-09", id::<Uuid>(Kind::Class, 0));
    let mut request = World::request(Method::PUT, &path, "liaison", Sent::Json(json!({})));
    request.headers_mut().insert("if-match", "*".parse().unwrap());
    assert_eq!(world.send(request).await.problem().1, "changed");
    // Reading takes it as well.
    let camera = format!("/cameras/{}", id::<Uuid>(Kind::Camera, 0));
    let seen = world.get(&camera, "manager").await;
    let same = world.get_with(&camera, "manager", &[("if-match", seen.header("etag"))]).await;
    assert_eq!(same.bytes, seen.bytes);
    assert_eq!(world.get_with(&camera, "manager", &[("if-match", "\"0\"")]).await.problem().1, "changed");
}
