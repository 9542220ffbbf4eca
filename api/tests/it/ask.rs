//! Asking the router in process.

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use serde_json::Value;
use tower::ServiceExt;

use crate::{seed::token, world::World};

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {:?}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of an answer that must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// The problem's stable word; of an answer to HEAD, which has no body, the one that its status stands for.
    #[track_caller]
    pub fn word(&self) -> String {
        match (self.bytes.is_empty(), self.status.as_u16()) {
            (false, _) => self.problem().1,
            (true, 401) => "not-signed-in".to_owned(),
            (true, 403) => "forbidden".to_owned(),
            (true, 404) => "not-found".to_owned(),
            (true, other) => panic!("{other} without a body"),
        }
    }

    /// The problem's stable word and field.
    #[track_caller]
    pub fn problem(&self) -> (u16, String, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let body = self.json();
        assert_eq!(body["request_id"], self.header("x-request-id"));
        let word = body["type"].as_str().unwrap().strip_prefix("urn:duxue:problem:").unwrap().to_owned();
        (self.status.as_u16(), word, body["field"].as_str().unwrap_or_default().to_owned())
    }
}

/// What goes along with a request.
pub enum Sent {
    Nothing,
    Json(Value),
    Raw(&'static str, Vec<u8>),
    /// With headers of one's own.
    Headed(Vec<(&'static str, String)>, Vec<u8>),
}

impl World {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub fn request(method: Method, path: &str, who: &str, sent: Sent) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}")).header("host", "duxue.test");
        if !who.is_empty() {
            request = request.header("cookie", format!("duxue={}", token(who).secret()));
        }
        match sent {
            Sent::Nothing => request.body(Body::empty()),
            Sent::Json(value) => request.header("content-type", "application/json").body(Body::from(value.to_string())),
            Sent::Raw(kind, bytes) => request.header("content-type", kind).body(Body::from(bytes)),
            Sent::Headed(headers, bytes) => {
                let headed = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
                headed.body(Body::from(bytes))
            }
        }
        .unwrap()
    }

    pub async fn ask(&self, method: Method, path: &str, who: &str, sent: Sent) -> Answer {
        self.send(Self::request(method, path, who, sent)).await
    }

    pub async fn get(&self, path: &str, who: &str) -> Answer {
        self.ask(Method::GET, path, who, Sent::Nothing).await
    }

    pub async fn post(&self, path: &str, who: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, who, Sent::Json(body)).await
    }

    /// A GET with headers.
    pub async fn get_with(&self, path: &str, who: &str, headers: &[(&'static str, &str)]) -> Answer {
        let mut request = Self::request(Method::GET, path, who, Sent::Nothing);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        self.send(request).await
    }
}
