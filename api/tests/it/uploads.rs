//! tus 1.0.0 as its specification has it, over real files: what was acknowledged is kept, whatever happens.

use std::{net::SocketAddr, process::Command, sync::atomic::Ordering, time::Duration};

use axum::http::Method;
use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_api::{Settings, UploadLimits};
use duxue_storage::upload::UploadStateName;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

use crate::{
    ask::{Answer, Sent},
    ranges::serve,
    rows::thing,
    seed::{HALF, Kind, bytes, id, token},
    world::World,
};

const STREAM: &str = "application/offset+octet-stream";
const PATIENCE: Duration = Duration::from_secs(30);

/// A request of a tus client.
pub fn tus(headers: &[(&'static str, &str)], body: &[u8]) -> Sent {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
    Sent::Headed([("tus-resumable", "1.0.0".to_owned())].into_iter().chain(headers).collect(), body.to_vec())
}

/// `Upload-Metadata` of a file with a name.
pub fn claim(pairs: &[(&str, &str)]) -> String {
    let pairs = [("filename", "上午.mp4")].iter().chain(pairs);
    let pairs = pairs.map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value)));
    pairs.collect::<Vec<_>>().join(",")
}

fn past() -> String {
    claim(&[
        ("class_id", &id::<Uuid>(Kind::Class, 0).to_string()),
        ("session_id", &id::<Uuid>(Kind::Past, 0).to_string()),
    ])
}

/// The upload that is half there from the start.
fn half() -> String {
    format!("/uploads/{}", id::<Uuid>(Kind::Upload, 0))
}

impl World {
    async fn tus(&self, method: Method, path: &str, headers: &[(&'static str, &str)], body: &[u8]) -> Answer {
        self.ask(method, path, "liaison", tus(headers, body)).await
    }

    async fn announce(&self, length: usize) -> String {
        let length = length.to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", &past())];
        let answer = self.tus(Method::POST, "/uploads", &headers, b"").await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.header("location").strip_prefix("/api/v1").unwrap().to_owned()
    }

    async fn append(&self, path: &str, from: usize, body: &[u8]) -> Answer {
        self.append_with(path, from, body, &[]).await
    }

    async fn append_with(&self, path: &str, from: usize, body: &[u8], more: &[(&'static str, &str)]) -> Answer {
        let from = from.to_string();
        let headers = [("upload-offset", from.as_str()), ("content-type", STREAM)];
        self.tus(Method::PATCH, path, &[&headers, more].concat(), body).await
    }

    async fn offset(&self, path: &str) -> String {
        let answer = self.tus(Method::HEAD, path, &[], b"").await;
        assert_eq!((answer.status.as_u16(), answer.header("tus-resumable")), (200, "1.0.0"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.header("upload-offset").to_owned()
    }

    async fn upload(&self, path: &str) -> Value {
        self.get(path, "auditor").await.expect(200)
    }

    fn spooled(&self, path: &str) -> Vec<u8> {
        let name = path.rsplit('/').next().unwrap();
        std::fs::read(self.dir().join("uploads").join(name)).unwrap()
    }
}

#[tokio::test]
async fn options_tell_what_is_spoken() {
    let world = World::new().await;
    let answer = world.ask(Method::OPTIONS, "/uploads", "", Sent::Nothing).await;
    let told = ["tus-resumable", "tus-version", "tus-extension", "tus-max-size", "tus-checksum-algorithm"]
        .map(|name| answer.header(name).to_owned());
    assert_eq!(told, ["1.0.0", "1.0.0", "creation,checksum,expiration,termination", "17179869184", "sha1,sha256"]);
}

#[tokio::test]
async fn another_version_is_refused_and_hears_ours() {
    let world = World::new().await;
    for version in [None, Some("0.2.2"), Some("1.0.1")] {
        let headers = version.map(|version: &str| ("tus-resumable", version.to_owned())).into_iter().collect();
        let answer = world.ask(Method::HEAD, &half(), "liaison", Sent::Headed(headers, vec![])).await;
        assert_eq!((answer.status.as_u16(), answer.header("tus-version")), (412, "1.0.0"));
        assert_eq!(answer.header("tus-resumable"), "1.0.0");
    }
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_is_handed_in() {
    let world = World::new().await;
    let content = bytes(100_000);
    let path = world.announce(content.len()).await;
    assert_eq!(world.offset(&path).await, "0");
    for (from, to) in [(0, 1), (1, 60_000), (60_000, 60_000), (60_000, 100_000)] {
        let answer = world.append(&path, from, &content[from..to]).await;
        assert_eq!((answer.status.as_u16(), answer.header("upload-offset")), (204, to.to_string().as_str()));
        assert_eq!(answer.header("upload-expires").is_empty(), to == content.len());
        assert_eq!(world.offset(&path).await, to.to_string());
    }
    assert_eq!(world.spooled(&path), content);
    let shown = world.upload(&path).await;
    assert_eq!((&shown["state"], &shown["bytes_received"]), (&json!("received"), &json!(100_000)));
    assert_eq!((&shown["filename"], &shown["starts_at"]), (&json!("上午.mp4"), &json!("2024-10-07T01:00:00Z")));
    assert_eq!(world.audited().await, ["announce_upload", "receive_upload"]);
    tokio::time::timeout(PATIENCE, world.pokes.uploads.notified()).await.expect("nobody is told");
    // A client that did not hear the last answer sends it again.
    assert_eq!(world.append(&path, 100_000, b"").await.status, 204);
    assert_eq!(world.append(&path, 60_000, &content[60_000..]).await.header("upload-offset"), "100000");
}

#[tokio::test]
async fn head_gives_back_what_was_announced() {
    let world = World::new().await;
    let path = world.announce(7).await;
    let answer = world.tus(Method::HEAD, &path, &[], b"").await;
    assert_eq!(answer.header("upload-length"), "7");
    assert_eq!(answer.header("upload-metadata"), past());
    // The clock of the tests stands at half past ten on 8 October.
    assert_eq!(answer.header("upload-expires"), "Tue, 15 Oct 2024 02:30:00 GMT");
}

#[tokio::test]
async fn what_cannot_be_announced_names_the_reason() {
    let world = World::with(Settings {
        uploads: UploadLimits { file_bytes: 1_000, ..UploadLimits::default() },
        ..Settings::default()
    })
    .await;
    let class = id::<Uuid>(Kind::Class, 0).to_string();
    let others = id::<Uuid>(Kind::Past, 1).to_string();
    for (length, metadata, status, word, field) in [
        ("1001", past(), 413, "too-large", ""),
        ("0", past(), 422, "invalid", "upload_length"),
        ("-1", past(), 400, "bad-parameter", "upload-length"),
        ("", past(), 400, "bad-parameter", "upload-length"),
        ("9", "filename ~".to_owned(), 400, "bad-parameter", "upload-metadata"),
        ("9", claim(&[]), 400, "bad-parameter", "class_id"),
        ("9", claim(&[("class_id", "7")]), 400, "bad-parameter", "class_id"),
        ("9", claim(&[("class_id", &class)]), 422, "invalid", "starts_at"),
        ("9", claim(&[("class_id", &class), ("starts_at", "yesterday")]), 400, "bad-parameter", "starts_at"),
        ("9", claim(&[("class_id", &class), ("session_id", &others)]), 422, "invalid", "session_id"),
        ("9", past().replace("5LiK5Y2ILm1wNA==", ""), 422, "invalid", "filename"),
    ] {
        let headers = [("upload-length", length), ("upload-metadata", metadata.as_str())];
        let answer = world.tus(Method::POST, "/uploads", &headers, b"").await;
        assert_eq!(answer.problem(), (status, word.into(), field.into()), "{length} {metadata}");
        assert_eq!(answer.header("tus-resumable"), "1.0.0");
    }
    assert_eq!(world.audited().await, [""; 0]);
}

#[tokio::test]
async fn an_institution_has_so_much_open_and_no_more() {
    let limits = UploadLimits { open: 2, institution_bytes: 2 * HALF as u64 + 10, ..UploadLimits::default() };
    let world = World::with(Settings { uploads: limits, ..Settings::default() }).await;
    let announce = async |length: &str| {
        let headers = [("upload-length", length), ("upload-metadata", &past())];
        world.tus(Method::POST, "/uploads", &headers, b"").await.status.as_u16()
    };
    assert_eq!(announce("11").await, 409, "the bytes of one are more than are left");
    assert_eq!(announce("10").await, 201);
    assert_eq!(announce("0").await, 409, "two are open");
    assert_eq!(world.tus(Method::DELETE, &half(), &[], b"").await.status, 204);
    assert_eq!(announce("10").await, 201, "one was ended");
}

#[tokio::test]
async fn a_wrong_append_changes_nothing() {
    let world = World::new().await;
    let (here, beyond) = (HALF.to_string(), (HALF + 1).to_string());
    let append = async |headers: &[(&'static str, &str)], body: &[u8]| {
        let answer = world.tus(Method::PATCH, &half(), headers, body).await;
        let problem = answer.problem();
        (problem.0, problem.1, answer.header("upload-offset").to_owned())
    };
    let stream = ("content-type", STREAM);
    for wrong in ["0", "39999", &beyond] {
        let answer = append(&[("upload-offset", wrong), stream], b"x").await;
        assert_eq!(answer, (409, "wrong-offset".into(), here.clone()));
    }
    assert_eq!(append(&[stream], b"x").await.0, 400);
    assert_eq!(append(&[("upload-offset", "-1"), stream], b"x").await.0, 400);
    assert_eq!(append(&[("upload-offset", &here)], b"x").await.0, 415);
    assert_eq!(append(&[("upload-offset", &here), ("content-type", "video/mp4")], b"x").await.0, 415);
    assert_eq!(append(&[("upload-offset", &here), stream], &bytes(HALF + 1)).await.0, 413);
    let strange = [("upload-offset", here.as_str()), stream, ("upload-checksum", "md5 AAAA")];
    assert_eq!(append(&strange, b"x").await.0, 400);
    assert_eq!(world.spooled(&half()), bytes(HALF));
    let nowhere = format!("/uploads/{}", Uuid::from_u128(5));
    assert_eq!(world.append(&nowhere, 0, b"x").await.status, 404);
}

#[tokio::test]
async fn what_does_not_add_up_is_not_appended() {
    let world = World::new().await;
    let next = bytes(2 * HALF)[HALF..].to_vec();
    let sum = |content: &[u8]| format!("sha256 {}", BASE64_STANDARD.encode(Sha256::digest(content)));
    let wrong = world.append_with(&half(), HALF, b"other bytes", &[("upload-checksum", &sum(&next))]).await;
    assert_eq!(wrong.problem().0, 460);
    assert_eq!((world.offset(&half()).await, world.spooled(&half())), (HALF.to_string(), bytes(HALF)));
    let right = world.append_with(&half(), HALF, &next[..100], &[("upload-checksum", &sum(&next[..100]))]).await;
    assert_eq!((right.status.as_u16(), right.header("upload-offset")), (204, "40100"));
    let sha1 = ("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
    assert_eq!(world.append_with(&half(), 40_100, b"hello world", &[sha1]).await.status, 204);
    assert!(world.spooled(&half()).ends_with(b"hello world"));
}

#[tokio::test]
async fn an_ended_upload_is_gone() {
    let world = World::new().await;
    assert_eq!(world.tus(Method::DELETE, &half(), &[], b"").await.status, 204);
    assert!(!world.dir().join(half().trim_start_matches('/')).exists(), "its bytes are thrown away");
    for (method, body) in [(Method::HEAD, ""), (Method::DELETE, ""), (Method::PATCH, "x")] {
        let headers = [("upload-offset", "40000"), ("content-type", STREAM)];
        assert_eq!(world.tus(method, &half(), &headers, body.as_bytes()).await.status, 410);
    }
    let shown = world.upload(&half()).await;
    assert_eq!((&shown["state"], &shown["ended_by"]), (&json!("ended"), &json!("sender")));
    let whole = world.announce(1).await;
    world.append(&whole, 0, b"x").await;
    assert_eq!(world.tus(Method::DELETE, &whole, &[], b"").await.status, 409, "what is handed in stays");
}

#[tokio::test]
async fn an_upload_waits_a_week_after_the_last_byte() {
    let world = World::new().await;
    let path = world.announce(10).await;
    world.pass(6 * 24 * 3600);
    assert_eq!(world.append(&path, 0, b"12345").await.status, 204);
    world.pass(6 * 24 * 3600);
    // Everyone has to sign in anew by now.
    let mut tx = world.store.begin().await.unwrap();
    let until = "2025-01-01T00:00:00Z".parse().unwrap();
    tx.add_sign_in(token("late").hash(), id(Kind::Liaison, 9), "2024-10-20T00:00:00Z".parse().unwrap(), until)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let late = async |from: &str| {
        let sent = tus(&[("upload-offset", from), ("content-type", STREAM)], b"67");
        world.ask(Method::PATCH, &path, "late", sent).await.status.as_u16()
    };
    assert_eq!(late("5").await, 204);
    world.pass(7 * 24 * 3600);
    assert_eq!(late("7").await, 410);
}

#[tokio::test]
async fn a_proxy_that_lets_no_patch_through_is_got_around() {
    let world = World::new().await;
    let from = HALF.to_string();
    let headers = [("upload-offset", from.as_str()), ("content-type", STREAM), ("x-http-method-override", "PATCH")];
    let answer = world.tus(Method::POST, &half(), &headers, b"abc").await;
    assert_eq!((answer.status.as_u16(), answer.header("upload-offset")), (204, "40003"));
    assert_eq!(world.tus(Method::POST, &half(), &[], b"abc").await.problem().0, 405);
    let delete = [("x-http-method-override", "DELETE")];
    assert_eq!(world.tus(Method::POST, &half(), &delete, b"").await.status, 204);
}

#[tokio::test]
async fn nothing_is_lost_in_a_restart() {
    let world = World::new().await;
    let path = world.announce(10).await;
    world.append(&path, 0, b"01234").await;
    let world = world.restarted().await;
    assert_eq!(world.offset(&path).await, "5");
    // The process dies between the last byte and the row that says so: whoever asks next settles it.
    std::fs::write(world.dir().join(path.trim_start_matches('/')), b"0123456789").unwrap();
    let world = world.restarted().await;
    assert_eq!(world.offset(&path).await, "10");
    assert_eq!(world.upload(&path).await["state"], "received");
}

#[tokio::test]
async fn of_two_at_once_one_wins() {
    let world = World::new().await;
    let (ones, twos) = (vec![b'1'; HALF], vec![b'2'; HALF]);
    let path = half();
    let (a, b) = tokio::join!(world.append(&path, HALF, &ones), world.append(&path, HALF, &twos));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert!(matches!(statuses, [204, 409 | 423]), "{statuses:?}");
    let tail = world.spooled(&path).split_off(HALF);
    assert!(tail == ones || tail == twos, "the two were mixed");
}

/// A PATCH of which only a part is sent; the connection stays open as long as what comes back.
async fn begin_patch(address: SocketAddr, path: &str, from: usize, length: usize, part: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PATCH /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nCookie: duxue={}\r\nTus-Resumable: 1.0.0\r\n\
         Upload-Offset: {from}\r\nContent-Type: {STREAM}\r\nContent-Length: {length}\r\n\r\n",
        token("liaison").secret()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(part).await.unwrap();
    stream.flush().await.unwrap();
    stream
}

/// Waits until so many bytes are in the spool.
async fn until_spooled(world: &World, path: &str, length: usize) {
    tokio::time::timeout(PATIENCE, async {
        while world.spooled(path).len() < length {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("the bytes do not arrive");
}

#[tokio::test]
async fn a_connection_that_breaks_costs_nothing_that_came() {
    let world = World::new().await;
    let address = serve(&world).await;
    let content = bytes(300_000);
    let path = world.announce(content.len()).await;
    let stream = begin_patch(address, &path, 0, content.len(), &content[..123_457]).await;
    until_spooled(&world, &path, 100_000).await;
    drop(stream);
    let reached: usize = world.offset(&path).await.parse().unwrap();
    assert!((100_000..=123_457).contains(&reached), "{reached}");
    assert_eq!(world.append(&path, reached, &content[reached..]).await.status, 204);
    assert_eq!(world.spooled(&path), content);
}

#[tokio::test]
async fn a_client_that_comes_back_takes_over_from_its_dead_connection() {
    let world = World::new().await;
    let address = serve(&world).await;
    let path = world.announce(100).await;
    let mut dead = begin_patch(address, &path, 0, 100, &[1; 40]).await;
    until_spooled(&world, &path, 40).await;
    assert_eq!(world.append(&path, 40, &[2; 60]).await.problem().1, "locked", "somebody is appending");
    assert_eq!(world.offset(&path).await, "40");
    assert_eq!(world.append(&path, 40, &[2; 60]).await.status, 204);
    let mut answer = String::new();
    tokio::time::timeout(PATIENCE, dead.read_to_string(&mut answer)).await.expect("no answer").unwrap();
    assert!(answer.starts_with("HTTP/1.1 423"), "{answer}");
}

#[tokio::test]
async fn a_pause_ends_the_request_and_keeps_its_bytes() {
    let limits = UploadLimits { stall: Duration::from_millis(200), ..UploadLimits::default() };
    let world = World::with(Settings { uploads: limits, ..Settings::default() }).await;
    let address = serve(&world).await;
    let path = world.announce(100).await;
    let mut slow = begin_patch(address, &path, 0, 100, &[1; 40]).await;
    let mut answer = String::new();
    tokio::time::timeout(PATIENCE, slow.read_to_string(&mut answer)).await.expect("no answer").unwrap();
    assert!(answer.starts_with("HTTP/1.1 504"), "{answer}");
    assert_eq!(world.offset(&path).await, "40");
}

#[tokio::test]
async fn a_stop_keeps_what_has_come() {
    let world = World::new().await;
    let address = serve(&world).await;
    let path = world.announce(100).await;
    let _stream = begin_patch(address, &path, 0, 100, &[1; 40]).await;
    until_spooled(&world, &path, 40).await;
    world.stop.cancel();
    world.tracker.close();
    tokio::time::timeout(PATIENCE, world.tracker.wait()).await.expect("something goes on after the stop");
    assert_eq!(world.restarted().await.offset(&path).await, "40");
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
async fn a_full_disk_halts_an_upload_and_it_goes_on_later() {
    let world = World::new().await;
    world.cameras.low.store(true, Ordering::SeqCst);
    let halted = world.append(&half(), HALF, b"more").await;
    assert_eq!((halted.problem().0, halted.header("upload-offset")), (507, "40000"));
    world.cameras.low.store(false, Ordering::SeqCst);
    assert_eq!(world.append(&half(), HALF, b"more").await.status, 204);

    // And where the disk fills up while we write.
    let folder = world.dir().join("uploads");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "none"]).arg(&folder).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("SKIPPED: only root may mount a small file system; this half was not tested");
        return;
    }
    let content = bytes(200_000);
    let path = world.announce(content.len()).await;
    let full = world.append(&path, 0, &content).await;
    let grown = Command::new("mount").args(["-o", "remount,size=1m"]).arg(&folder).status().unwrap();
    let reached: usize = world.offset(&path).await.parse().unwrap();
    let rest = world.append(&path, reached, &content[reached..]).await;
    let spooled = world.spooled(&path);
    Command::new("umount").arg(&folder).status().unwrap();
    assert!(grown.success());
    assert_eq!((full.problem().0, full.header("upload-offset")), (507, reached.to_string().as_str()));
    assert!(reached > 0 && reached < content.len(), "{reached}");
    assert_eq!((rest.status.as_u16(), spooled == content), (204, true));
}

#[tokio::test]
async fn the_list_is_filtered_by_class_and_state() {
    let world = World::new().await;
    let whole = world.announce(1).await;
    world.append(&whole, 0, b"x").await;
    let count = async |query: String| {
        world.get(&format!("/uploads{query}"), "auditor").await.expect(200)["items"].as_array().unwrap().len()
    };
    let class = |side| id::<Uuid>(Kind::Class, side);
    // Each side has one that is coming and one that was accepted.
    assert_eq!(count(String::new()).await, 5);
    assert_eq!(count(format!("?class_id={}", class(0))).await, 3);
    let received = serde_json::to_value(UploadStateName::Received).unwrap();
    assert_eq!(count(format!("?class_id={}&state={}", class(0), received.as_str().unwrap())).await, 1);
    assert_eq!(count(format!("?class_id={}&state=receiving", class(1))).await, 1);
}

#[tokio::test]
async fn what_was_accepted_is_told_and_given() {
    let world = World::new().await;
    let path = format!("/uploads/{}", thing(Kind::Kept, 0));
    let shown = world.get(&path, "auditor").await.expect(200);
    assert_eq!((&shown["state"], &shown["video"]["duration_seconds"]), (&json!("accepted"), &json!(1500.0)));
    assert_eq!((&shown["video"]["frozen_share"], &shown["refused_because"]), (&json!(0.02), &json!([])));
    let content = world.get(&format!("{path}/content"), "auditor").await;
    assert_eq!((content.status.as_u16(), content.header("content-type")), (200, "video/mp4"));
    assert_eq!(hex::encode(Sha256::digest(&content.bytes)), shown["sha256"].as_str().unwrap());
    assert_eq!(world.audited().await, ["read_upload"]);
    let whole = format!("/uploads/{}/content", thing(Kind::Upload, 0));
    assert_eq!(world.get(&whole, "auditor").await.status, 404, "it is not whole");
}

#[tokio::test]
async fn a_seal_goes_with_the_video_and_only_with_what_was_accepted() {
    use duxue_storage::{
        PublicKey,
        seal::{Sealed, Verdict, verify},
    };
    let world = World::new().await;
    let kept = format!("/uploads/{}", id::<Uuid>(Kind::Kept, 0));
    let video = world.get(&format!("{kept}/content"), "liaison").await.bytes;
    let seal = world.get(&format!("{kept}/seal"), "liaison").await;
    assert!(seal.header("content-disposition").ends_with(".seal.json\""));
    let key = PublicKey::from_pem(&world.get("/public-key", "").await.text()).unwrap();
    let verdict = verify(&video[..], &seal.bytes, &key).await.unwrap();
    let Verdict::Good(Sealed::Upload(manifest)) = verdict else { panic!("{verdict:?}") };
    assert_eq!((manifest.name.as_str(), manifest.bytes), ("下午.mp4", video.len() as u64));
    let mut other = video.to_vec();
    other[5] ^= 1;
    let verdict = verify(&other[..], &seal.bytes, &key).await.unwrap();
    assert_eq!(verdict, Verdict::Tampered { offset: 0 });
    let verdict = verify(&video[..9], &seal.bytes, &key).await.unwrap();
    assert_eq!(verdict, Verdict::Truncated { have: 9, want: video.len() as u64 });
    assert_eq!(world.audited().await, ["read_upload", "read_upload_seal"]);
    assert_eq!(world.get(&format!("{}/seal", half()), "liaison").await.status, 404, "it is not whole");
}
