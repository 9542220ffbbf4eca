//! R7.6: institution and centre write to each other about a class.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, id},
    world::World,
};

fn path() -> String {
    format!("/classes/{}/messages", id::<Uuid>(Kind::Class, 0))
}

async fn newest(world: &World, who: &str) -> Value {
    world.get(&path(), who).await.expect(200)["items"][0].clone()
}

#[tokio::test]
async fn a_message_reaches_the_other_side_and_tells_when_it_was_read() {
    let world = World::new().await;
    let file = id::<Uuid>(Kind::File, 0);
    let sent = world.post(&path(), "liaison", json!({ "text": " 见附件 ", "files": [file] })).await.expect(201);
    assert_eq!((&sent["side"], &sent["text"], &sent["read"]), (&json!("institution"), &json!("见附件"), &json!(false)));
    assert_eq!(sent["files"], json!([{ "id": file, "name": "许可证.pdf" }]));
    assert_eq!(newest(&world, "supervisor").await, sent);
    let mark = async |who| {
        let body = Sent::Json(json!({ "up_to": sent["id"] }));
        world.ask(Method::PUT, &format!("{}/read", path()), who, body).await.expect(204)
    };
    mark("liaison").await;
    assert_eq!(newest(&world, "liaison").await["read"], false, "one's own reading tells nothing");
    mark("supervisor").await;
    assert_eq!(newest(&world, "liaison").await["read"], true);
    mark("manager").await;
    world.pass(60);
    let answer = world.post(&path(), "manager", json!({ "text": "收到" })).await.expect(201);
    assert_eq!((&answer["side"], &answer["sent_by"]["display_name"]), (&json!("centre"), &json!("manager 先生")));
    assert_eq!(newest(&world, "auditor").await["id"], answer["id"]);
    let log = ["send_message", "read_messages", "read_messages", "send_message"];
    assert_eq!(world.audited().await, log, "who reads what was read already leaves no trace");
}

#[tokio::test]
async fn what_cannot_be_sent_is_named_and_nothing_is_kept() {
    let world = World::new().await;
    let anothers = id::<Uuid>(Kind::File, 1);
    let own = id::<Uuid>(Kind::File, 0);
    for (body, field) in [
        (json!({ "text": "  " }), "text"),
        (json!({ "text": "长".repeat(4001) }), "text"),
        (json!({ "text": "见附件", "files": [anothers] }), "files[0]"),
        (json!({ "text": "见附件", "files": [own, own] }), "files"),
        (json!({ "text": "见附件", "files": vec![own; 21] }), "files"),
    ] {
        let answer = world.post(&path(), "liaison", body).await;
        assert_eq!(answer.problem(), (422, "invalid".into(), field.into()));
    }
    let anothers = json!({ "up_to": id::<Uuid>(Kind::Answered, 1) });
    let answer = world.ask(Method::PUT, &format!("{}/read", path()), "liaison", Sent::Json(anothers)).await;
    assert_eq!(answer.problem().2, "up_to");
    assert_eq!(world.audited().await, [""; 0]);
}
