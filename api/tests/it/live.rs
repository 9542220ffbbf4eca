//! Live pictures over real sockets: what is shown, and that every watch is closed, however it ends.

use std::{sync::atomic::Ordering, time::Duration};

use duxue_api::edges::LiveEvent;
use duxue_rules::{Text, camera::CameraState};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::StatusCode},
};
use uuid::Uuid;

use crate::{
    fakes::fragment,
    ranges::serve,
    seed::{Kind, id, token},
    world::World,
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const PATIENCE: Duration = Duration::from_secs(60);

async fn open(world: &World, query: &str, who: &str) -> Result<Socket, Error> {
    let address = serve(world).await;
    let url = format!("ws://{address}/api/v1/cameras/{}/live{query}", id::<Uuid>(Kind::Camera, 0));
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("cookie", format!("duxue={}", token(who).secret()).parse().unwrap());
    let origin = format!("http://{address}").parse().unwrap();
    request.headers_mut().insert("origin", origin);
    connect_async(request).await.map(|(socket, _)| socket)
}

/// The next message that is no ping.
async fn next(socket: &mut Socket) -> Message {
    loop {
        let message = tokio::time::timeout(PATIENCE, socket.next()).await.expect("nothing comes").unwrap().unwrap();
        if !message.is_ping() {
            return message;
        }
    }
}

async fn said(socket: &mut Socket) -> Value {
    match next(socket).await {
        Message::Text(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?} instead of text"),
    }
}

/// Why the server closed.
async fn closed(socket: &mut Socket) -> (u16, String) {
    loop {
        if let Message::Close(frame) = next(socket).await {
            let frame = frame.unwrap();
            return (frame.code.into(), frame.reason.to_string());
        }
    }
}

/// The only watch, once it has ended, and how the log says that it did.
async fn watch(world: &World) -> (Value, Value) {
    tokio::time::timeout(PATIENCE, async {
        loop {
            let watches = world.get("/watches", "auditor").await.expect(200);
            let log = world.get("/audit", "auditor").await.expect(200);
            let watch = watches["items"][0].clone();
            if watch["closed_at"].is_string() {
                return (watch, log["items"][0].clone());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the watch stays open")
}

#[tokio::test]
async fn pictures_come_and_the_watch_says_who_and_how_long() {
    let world = World::new().await;
    let feed = world.cameras.feed(id(Kind::Camera, 0));
    let mut socket = open(&world, "?stream=sub", "supervisor").await.unwrap();
    let init = said(&mut socket).await;
    assert_eq!(init, json!({"type": "init", "mime": "video/mp4; codecs=\"avc1.640028\"", "state": "live"}));
    assert_eq!(next(&mut socket).await, Message::Binary("ftypmoov".into()));
    let open = world.get("/watches", "auditor").await.expect(200);
    assert_eq!(open["items"][0]["closed_at"], Value::Null);
    assert_eq!(world.audited().await, ["open_watch"]);
    for seq in 0..3 {
        feed.send(fragment(seq)).await.unwrap();
        let head = said(&mut socket).await;
        assert_eq!((&head["type"], &head["seq"], &head["key"]), (&json!("fragment"), &json!(seq), &json!(seq == 0)));
        assert_eq!(head["arrival"], "1970-01-01T00:00:00Z");
        assert_eq!(next(&mut socket).await, Message::Binary(format!("moof{seq}").into()));
    }
    feed.send(LiveEvent::Lagged { lost: 9 }).await.unwrap();
    assert_eq!(said(&mut socket).await, json!({"type": "lagged", "lost": 9}));
    world.pass(75);
    socket.close(None).await.unwrap();
    let (watch, entry) = watch(&world).await;
    assert_eq!((&watch["user"]["display_name"], &watch["seconds"]), (&json!("supervisor 先生"), &json!(75.0)));
    assert_eq!((&watch["what"], &watch["stream"]), (&json!("live"), &json!("sub")));
    assert_eq!((&entry["action"], &entry["detail"]["end"]), (&json!("close_watch"), &json!("left")));
    assert_eq!(entry["detail"]["seconds"], 75.0);
}

#[tokio::test]
async fn a_client_that_vanishes_is_closed_too() {
    let world = World::new().await;
    let feed = world.cameras.feed(id(Kind::Camera, 0));
    let mut socket = open(&world, "", "auditor").await.unwrap();
    said(&mut socket).await;
    drop(socket);
    // The next pictures find nobody.
    for seq in 0..5 {
        if feed.send(fragment(seq)).await.is_err() {
            break;
        }
    }
    let (_, entry) = watch(&world).await;
    assert!(["vanished", "left"].contains(&entry["detail"]["end"].as_str().unwrap()), "{entry}");
    let gone = tokio::time::timeout(PATIENCE, feed.closed()).await;
    assert!(gone.is_ok(), "the subscription was not dropped");
}

#[tokio::test]
async fn a_camera_goes_and_comes_back_under_the_same_socket() {
    let world = World::new().await;
    let camera = id(Kind::Camera, 0);
    world.cameras.set(camera, CameraState::Connecting);
    let mut socket = open(&world, "", "supervisor").await.unwrap();
    assert_eq!(said(&mut socket).await, json!({"type": "state", "state": "connecting", "cause": null}));
    let feed = world.cameras.feed(camera);
    let mut message = said(&mut socket).await;
    if message["type"] == "state" {
        message = said(&mut socket).await;
    }
    assert_eq!(message["type"], "init");
    next(&mut socket).await;
    feed.send(fragment(0)).await.unwrap();
    said(&mut socket).await;
    next(&mut socket).await;
    drop(feed);
    world.cameras.set(camera, CameraState::BackingOff);
    loop {
        let message = said(&mut socket).await;
        assert_eq!(message["type"], "state");
        if message["state"] == "backing_off" {
            break;
        }
    }
    let _feed = world.cameras.feed(camera);
    while said(&mut socket).await["type"] != "init" {}
    assert_eq!(world.audited().await, ["open_watch"], "it is one watch");
}

#[tokio::test]
async fn what_browsers_cannot_play_is_said_and_closed() {
    let world = World::new().await;
    *world.cameras.refuse.lock().unwrap() = Some(Text::new("浏览器不支持 H.265", "browsers play no H.265"));
    let mut socket = open(&world, "", "supervisor").await.unwrap();
    let refused = said(&mut socket).await;
    assert_eq!((&refused["type"], &refused["reason"]["en"]), (&json!("refused"), &json!("browsers play no H.265")));
    assert_eq!(closed(&mut socket).await, (1008, "refused".into()));
    assert_eq!(watch(&world).await.1["detail"]["end"], "refused");
}

#[tokio::test]
async fn a_stop_closes_sockets_and_their_watches() {
    let world = World::new().await;
    let _feed = world.cameras.feed(id(Kind::Camera, 0));
    let mut socket = open(&world, "", "supervisor").await.unwrap();
    said(&mut socket).await;
    world.stop.cancel();
    assert_eq!(closed(&mut socket).await, (1001, "server_stopped".into()));
    world.tracker.close();
    tokio::time::timeout(PATIENCE, world.tracker.wait()).await.expect("something goes on after the stop");
    let closed = world.audited().await;
    assert_eq!(closed, ["open_watch", "close_watch"], "the tracker waits for the watch to be closed");
}

#[tokio::test]
async fn whoever_is_signed_out_watches_no_longer() {
    let world = World::new().await;
    let feed = world.cameras.feed(id(Kind::Camera, 0));
    let mut socket = open(&world, "", "supervisor").await.unwrap();
    said(&mut socket).await;
    let mut tx = world.store.begin().await.unwrap();
    assert!(tx.end_sign_in(token("supervisor").hash()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(closed(&mut socket).await, (1008, "signed_out".into()));
    assert_eq!(watch(&world).await.1["detail"]["end"], "signed_out");
    assert!(feed.is_closed());
}

#[tokio::test]
async fn who_may_not_is_not_upgraded() {
    let world = World::new().await;
    let _feed = world.cameras.feed(id(Kind::Camera, 0));
    for (who, query, status) in [
        ("liaison", "", StatusCode::FORBIDDEN),
        ("other", "", StatusCode::NOT_FOUND),
        ("nobody", "", StatusCode::UNAUTHORIZED),
        ("supervisor", "?stream=third", StatusCode::BAD_REQUEST),
    ] {
        match open(&world, query, who).await {
            Err(Error::Http(answer)) => assert_eq!(answer.status(), status, "{who}"),
            other => panic!("{who}: {:?}", other.map(|_| "upgraded")),
        }
    }
    assert_eq!(world.audited().await, [""; 0]);
    assert_eq!(world.cameras.asked.load(Ordering::SeqCst), 0);
}
