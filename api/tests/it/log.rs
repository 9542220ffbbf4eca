//! The audit log and the list of watches.

use serde_json::json;

use crate::{seed::PASSWORD, world::World};

#[tokio::test]
async fn the_log_names_people_and_goes_on_page_by_page() {
    let world = World::new().await;
    let mut tx = world.store.begin().await.unwrap();
    for n in 0..150 {
        tx.audit(duxue_storage::audit::Entry {
            at: crate::seed::at(crate::seed::NOW),
            actor: Some(crate::seed::id(crate::seed::Kind::Auditor, 9)),
            action: format!("look_{n}"),
            subject_kind: "thing".into(),
            subject_id: n.to_string(),
            detail: json!({"n": n}),
        });
    }
    tx.commit().await.unwrap();
    let first = world.get("/audit", "auditor").await.expect(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 100);
    assert_eq!(first["items"][0]["action"], "look_149");
    assert_eq!(first["items"][0]["actor"]["display_name"], "auditor 先生");
    let next = first["next"].as_str().unwrap();
    let second = world.get(&format!("/audit?before={next}"), "auditor").await.expect(200);
    assert_eq!(second["items"][0]["action"], "look_49");
    assert_eq!((second["items"].as_array().unwrap().len(), &second["next"]), (51, &json!(null)));
}

#[tokio::test]
async fn a_rewritten_log_is_found_out() {
    let world = World::new().await;
    world.post("/sign-in", "", json!({"username": "auditor", "password": PASSWORD})).await.expect(200);
    let sound = world.get("/audit/verify", "auditor").await.expect(200);
    assert_eq!((&sound["ok"], &sound["entries"], &sound["what"]), (&json!(true), &json!(2), &json!(null)));
    let world = world.rewritten("sign_inuser", "sign_upuser").await;
    let broken = world.get("/audit/verify", "auditor").await.expect(200);
    assert_eq!((&broken["ok"], &broken["first_broken"]), (&json!(false), &json!(2)));
    assert_eq!(broken["what"], "rewritten");
}

#[tokio::test]
async fn nobody_s_name_or_password_is_in_the_log() {
    let world = World::new().await;
    world.post("/sign-in", "", json!({"username": "my-password-in-the-wrong-box", "password": "x"})).await;
    let log = world.get("/audit", "auditor").await.text();
    assert!(log.contains("sign_in_failed") && !log.contains("wrong-box"), "{log}");
}
