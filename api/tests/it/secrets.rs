//! Face templates, camera passwords and password hashes appear in no answer to anyone.

use axum::http::Method;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    fakes::TELLTALE,
    seed::{CAMERA_PASSWORD, Kind, PASSWORD, id},
    world::World,
};

/// Every way in which a secret would show.
fn secrets() -> Vec<String> {
    let bytes = TELLTALE.to_le_bytes();
    vec![
        TELLTALE.to_string(),
        BASE64_STANDARD.encode(bytes.repeat(3)),
        hex(&bytes.repeat(2)),
        CAMERA_PASSWORD.to_owned(),
        PASSWORD.to_owned(),
        "argon2".to_owned(),
        "sealed_".to_owned() + "x",
        "admin:".to_owned(),
        crate::seed::id_number(0),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn no_reading_route_gives_a_secret_away() {
    let world = World::new().await;
    let document: Value = serde_json::to_value(duxue_api::openapi::document()).unwrap();
    let kinds = [
        Kind::Camera,
        Kind::Class,
        Kind::Student,
        Kind::Finding,
        Kind::Clip,
        Kind::Segment,
        Kind::File,
        Kind::Supervision,
        Kind::Venue,
        Kind::Institution,
    ];
    let mut read = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        // Clip and segment bytes are what they are.
        if methods.get("get").is_none() || path.ends_with("/content") {
            continue;
        }
        for kind in kinds {
            let path = path.replace("{id}", &id::<Uuid>(kind, 0).to_string());
            let path = path
                .replace("{date}", "2024-10-08")
                .replace("{file}", "0.jpg")
                .replace("{year}", "2024")
                .replace("{month}", "2024-10");
            for query in ["", "?date=2024-10-08"] {
                for who in ["manager", "auditor", "liaison"] {
                    let answer = world.get(&format!("{path}{query}"), who).await;
                    read += usize::from(answer.status == 200);
                    let headers = format!("{:?}", answer.headers);
                    for secret in secrets() {
                        assert!(!answer.text().contains(&secret), "{path} tells {who} {secret}");
                        assert!(!headers.contains(&secret), "{path} tells {who} {secret} in a header");
                    }
                }
            }
        }
    }
    assert!(read > 100, "only {read} answers were looked at");
}

#[test]
fn no_answer_has_a_field_for_a_secret() {
    let document: Value = serde_json::to_value(duxue_api::openapi::document()).unwrap();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let fields = schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys());
        for field in fields {
            let secret = ["password", "credential", "vector", "embedding", "token", "main_url", "sub_url"];
            // The token of a device is shown once, to whoever registers it; that of a program stands beside its secret.
            let shown = ["RegisteredDevice", "MadeApiToken"].contains(&name.as_str());
            let sent = ["SignIn", "Signing", "NewUser", "NewCamera", "CameraChange", "Acceptance", "NewApiToken"]
                .into_iter()
                .chain(["NewPassword", "Reassurance", "FullReassurance"])
                .any(|sent| sent == name);
            assert!(sent || shown || !secret.iter().any(|word| field.contains(word)), "{name}.{field}");
        }
    }
}

#[tokio::test]
async fn what_is_refused_is_not_repeated() {
    let world = World::new().await;
    let body = serde_json::json!({"venue_id": id::<Uuid>(Kind::Venue, 0), "name": "",
        "main_url": format!("rtsp://admin:{CAMERA_PASSWORD}@192.0.2.1/x")});
    let answer = world.ask(Method::POST, "/cameras", "manager", crate::ask::Sent::Json(body)).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.text().contains(CAMERA_PASSWORD));
}
