//! A person who is signed in to a service, and a class that is taught there.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, Zoned, tz::TimeZone};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::house::{LIMIT, PASSWORD, Service};

pub struct Api {
    client: Client,
    base: String,
}

impl Api {
    /// Somebody whom [`House::add_user`](crate::house::House::add_user) added.
    pub async fn sign_in(service: &Service, username: &str) -> Self {
        Self::sign_in_with(&service.address, username, PASSWORD).await
    }

    pub async fn sign_in_with(address: &str, username: &str, password: &str) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().cookie_store(true).timeout(Duration::from_secs(60)).build().unwrap();
        let api = Self { client, base: format!("{address}/api/v1") };
        api.post("/sign-in", &json!({ "username": username, "password": password })).await;
        api
    }

    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.bytes().await.unwrap().to_vec()
    }

    pub async fn get(&self, path: &str) -> Value {
        serde_json::from_slice(&self.bytes(path).await).unwrap()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(Method::POST, path, body).await;
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
        answer
    }

    /// Sends a file.
    pub async fn post_bytes(&self, path: &str, kind: &str, body: Vec<u8>) -> Value {
        let sent = self.client.post(format!("{}{path}", self.base)).header("content-type", kind).body(body);
        let answer = sent.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {} {}", answer.status(), answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// The status and the body of whatever comes back.
    pub async fn ask(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.client.request(method, format!("{}{path}", self.base)).json(body).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    /// A request of tus 1.0.0.
    pub async fn tus(&self, method: Method, path: &str, headers: &[(&'static str, String)], body: &[u8]) -> Response {
        let request = self.client.request(method, format!("{}{path}", self.base)).header("tus-resumable", "1.0.0");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        request.body(body.to_vec()).send().await.unwrap()
    }

    /// Asks until an answer fits; that answer.
    pub async fn until(&self, what: &str, path: &str, mut fits: impl FnMut(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let answer = self.get(path).await;
            if fits(&answer) {
                return answer;
            }
            assert!(start.elapsed() < LIMIT, "waited in vain for {what}; the last answer: {answer:#}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// The camera of that name.
    pub async fn camera(&self, name: &str) -> Value {
        let cameras = self.get("/cameras").await;
        let all = cameras["items"].as_array().unwrap();
        all.iter().find(|camera| camera["name"] == name).cloned().expect("the camera is there")
    }

    /// Waits for a state of the camera of that name.
    pub async fn camera_until(&self, what: &str, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let id = self.camera(name).await["id"].as_str().unwrap().to_owned();
        self.until(what, &format!("/cameras/{id}"), |camera| fits(&camera["status"])).await
    }
}

/// A class of today.
pub struct Lesson {
    pub class: String,
    pub session: String,
    pub camera: String,
    pub date: String,
}

impl Lesson {
    /// A class with a session that runs now, before the camera of that name.
    pub async fn begin(api: &Api, camera: &str) -> Self {
        let now = an_ordinary_moment().await;
        let today = now.date();
        let camera = api.camera(camera).await;
        let class = api
            .post(
                "/classes",
                &json!({
                    "institution_id": camera["institution"]["id"],
                    "name": "2024年电子商务专业1班期",
                    "major": "电子商务",
                    "starts_on": today,
                    "ends_on": today.checked_add(jiff::Span::new().months(3)).unwrap(),
                }),
            )
            .await;
        let class = text(&class["id"]);
        let (start, midnight) = (now.timestamp(), now.end_of_day().unwrap().timestamp());
        let session = api
            .post(
                &format!("/classes/{class}/sessions"),
                &json!({
                    "venue_id": camera["venue"]["id"],
                    "starts_at": start,
                    "ends_at": (start + SignedDuration::from_hours(1)).min(midnight),
                }),
            )
            .await;
        Self { class, session: text(&session["id"]), camera: text(&camera["id"]), date: today.to_string() }
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Now, in Fushun. A session ends on the day on which it starts, so the last minutes of a day are waited out.
async fn an_ordinary_moment() -> Zoned {
    loop {
        #[expect(clippy::disallowed_methods, reason = "the service under test has the machine's clock")]
        let now = Timestamp::now().to_zoned(TimeZone::get("Asia/Shanghai").unwrap());
        let left = now.end_of_day().unwrap().timestamp().duration_since(now.timestamp());
        if left > SignedDuration::from_mins(3) {
            return now;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
