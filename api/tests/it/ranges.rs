//! Range requests over a real connection.

use std::net::SocketAddr;

use reqwest::{Client, Method, Response};
use uuid::Uuid;

use crate::{
    seed::{CLIP, Kind, SEGMENT, bytes, id, token},
    world::World,
};

/// A server on a port of its own; it ends with the test.
pub async fn serve(world: &World) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = world.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let stop = world.stop.clone();
    world.tracker.spawn(async move {
        axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await.unwrap();
    });
    address
}

struct Server {
    world: World,
    client: Client,
    base: String,
}

impl Server {
    async fn new() -> Self {
        // Another test of the process may have been faster; no connection here uses TLS anyway.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let world = World::new().await;
        let base = format!("http://{}/api/v1", serve(&world).await);
        Self { world, client: Client::builder().no_proxy().build().unwrap(), base }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("cookie", format!("duxue={}", token("auditor").secret()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn files() -> [(String, Vec<u8>); 2] {
    [
        (format!("/clips/{}/content", id::<Uuid>(Kind::Clip, 0)), bytes(CLIP)),
        (format!("/segments/{}/content", id::<Uuid>(Kind::Segment, 0)), bytes(SEGMENT)),
    ]
}

#[tokio::test]
async fn whole_parts_and_tails() {
    let server = Server::new().await;
    for (path, content) in files() {
        let size = content.len();
        let whole = server.ask(Method::GET, &path, &[]).await;
        assert_eq!((whole.status().as_u16(), header(&whole, "accept-ranges")), (200, "bytes"));
        assert_eq!(
            (header(&whole, "content-type"), header(&whole, "cache-control")),
            ("video/mp4", "private, no-cache")
        );
        assert_eq!(whole.bytes().await.unwrap(), content);
        for (range, first, end) in [
            ("bytes=0-0".to_owned(), 0, 1),
            ("bytes=100-1099".to_owned(), 100, 1100),
            (format!("bytes={}-", size - 10), size - 10, size),
            ("bytes=-70000".to_owned(), size - 70_000, size),
            (format!("bytes=1000-{}", size * 2), 1000, size),
        ] {
            let part = server.ask(Method::GET, &path, &[("range", &range)]).await;
            assert_eq!(part.status(), 206, "{range}");
            assert_eq!(header(&part, "content-range"), format!("bytes {first}-{}/{size}", end - 1));
            assert_eq!(header(&part, "content-length"), (end - first).to_string());
            assert!(part.bytes().await.unwrap() == content[first..end], "{path} {range}: other bytes");
        }
    }
}

#[tokio::test]
async fn beyond_the_end_and_nonsense() {
    let server = Server::new().await;
    for (path, content) in files() {
        let size = content.len();
        let beyond = server.ask(Method::GET, &path, &[("range", &format!("bytes={size}-"))]).await;
        assert_eq!(
            (beyond.status().as_u16(), header(&beyond, "content-range")),
            (416, format!("bytes */{size}").as_str())
        );
        assert_eq!(header(&beyond, "content-type"), "application/problem+json");
        let nonsense = server.ask(Method::GET, &path, &[("range", "bytes=9-3")]).await;
        assert_eq!(nonsense.status(), 200);
    }
}

#[tokio::test]
async fn conditions_and_head() {
    let server = Server::new().await;
    for (path, content) in files() {
        let head = server.ask(Method::HEAD, &path, &[("range", "bytes=0-1")]).await;
        assert_eq!(
            (head.status().as_u16(), header(&head, "content-length")),
            (200, content.len().to_string().as_str())
        );
        let etag = header(&head, "etag").to_owned();
        assert!(head.bytes().await.unwrap().is_empty());
        let fresh = server.ask(Method::GET, &path, &[("if-none-match", &etag)]).await;
        assert_eq!((fresh.status().as_u16(), header(&fresh, "etag")), (304, etag.as_str()));
        let same = server.ask(Method::GET, &path, &[("range", "bytes=0-1"), ("if-range", &etag)]).await;
        assert_eq!(same.status(), 206);
        let other = server.ask(Method::GET, &path, &[("range", "bytes=0-1"), ("if-range", "\"other\"")]).await;
        assert_eq!((other.status().as_u16(), other.bytes().await.unwrap().len()), (200, content.len()));
        let wrong = server.ask(Method::GET, &path, &[("if-match", "\"other\"")]).await;
        assert_eq!(wrong.status(), 412);
    }
    let hash = format!("\"{}\"", clip_hash());
    let clip = server.ask(Method::HEAD, &files()[0].0, &[]).await;
    assert_eq!(header(&clip, "etag"), hash, "the clip's tag is its SHA-256");
    assert!(header(&clip, "content-disposition").contains("duxue-2024-10-07-"));
}

fn clip_hash() -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes(CLIP)).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn forty_ranges_are_one_reading() {
    let server = Server::new().await;
    for n in 0..40 {
        let range = format!("bytes={n}-{n}");
        assert_eq!(server.ask(Method::GET, &files()[0].0, &[("range", &range)]).await.status(), 206);
    }
    assert_eq!(server.world.audited().await, ["read_clip"]);
}

#[tokio::test]
async fn a_file_that_is_gone_or_pruned_is_not_found() {
    let server = Server::new().await;
    let segment = &files()[1].0;
    std::fs::remove_dir_all(server.world.dir().join("recordings/0")).unwrap();
    assert_eq!(server.ask(Method::GET, segment, &[]).await.status(), 404);
    let world = World::new().await;
    let mut tx = world.store.begin().await.unwrap();
    tx.prune_segment(id(Kind::Segment, 0), crate::seed::at(crate::seed::NOW)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.get(segment, "auditor").await.problem().1, "not-found");
    assert_eq!(world.audited().await, [""; 0], "nothing was read");
}
