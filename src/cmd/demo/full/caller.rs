//! Asking the API in process, as the people of the half year; the clock moves on a second with every call.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderName, Method, Request, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::SignedDuration;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::clock::Steered;

/// The API, and everybody who is signed in to it.
pub struct Caller {
    router: Router,
    clock: Steered,
    cookies: HashMap<String, String>,
    passwords: HashMap<String, String>,
}

/// What goes along with a call.
pub enum Sent<'a> {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(&'a Value),
    /// Bytes with headers of one's own.
    Bytes(&'a [(&'a str, &'a str)], Bytes),
}

impl Caller {
    pub fn new(router: Router, clock: Steered) -> Self {
        Self { router, clock, cookies: HashMap::new(), passwords: HashMap::new() }
    }

    /// Signs somebody in, for as long as the router lets them.
    pub async fn sign_in(&mut self, username: &str, password: &str) -> Result<()> {
        let body = json!({ "username": username, "password": password });
        let response = self.send(Method::POST, "/sign-in", None, Sent::Json(&body)).await?;
        let cookie = header(&response.1, &header::SET_COOKIE).context("no cookie came")?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        self.cookies.insert(username.to_owned(), cookie);
        self.passwords.insert(username.to_owned(), password.to_owned());
        Ok(())
    }

    /// Signs everybody out.
    pub async fn sign_all_out(&mut self) -> Result<()> {
        let everybody: Vec<String> = self.cookies.keys().cloned().collect();
        for who in everybody {
            self.call(&who, Method::POST, "/sign-out", Sent::Nothing).await?;
        }
        self.cookies.clear();
        Ok(())
    }

    /// What somebody signs with: password and drawing (R7.4a).
    pub fn signing(&self, who: &str) -> Value {
        json!({ "password": self.passwords.get(who), "drawing": super::papers::drawing() })
    }

    pub async fn get(&self, who: &str, path: &str) -> Result<Value> {
        self.call(who, Method::GET, path, Sent::Nothing).await
    }

    pub async fn post(&self, who: &str, path: &str, body: &Value) -> Result<Value> {
        self.call(who, Method::POST, path, Sent::Json(body)).await
    }

    /// A POST without a body.
    pub async fn poke(&self, who: &str, path: &str) -> Result<Value> {
        self.call(who, Method::POST, path, Sent::Nothing).await
    }

    pub async fn put(&self, who: &str, path: &str, body: &Value) -> Result<Value> {
        self.call(who, Method::PUT, path, Sent::Json(body)).await
    }

    pub async fn call(&self, who: &str, method: Method, path: &str, sent: Sent<'_>) -> Result<Value> {
        let cookie = self.cookies.get(who).with_context(|| format!("{who} is not signed in"))?;
        let (body, _) = self.send(method, path, Some((header::COOKIE.as_str(), cookie)), sent).await?;
        if body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&body).with_context(|| format!("{path} did not answer in JSON"))
    }

    /// Hands in a file by tus 1.0.0, in two pieces.
    pub async fn upload(&self, who: &str, claim: &[(&str, &str)], file: &[u8]) -> Result<()> {
        let cookie = self.cookies.get(who).with_context(|| format!("{who} is not signed in"))?;
        let shown = Some((header::COOKIE.as_str(), cookie.as_str()));
        let claim: Vec<String> =
            claim.iter().map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value))).collect();
        let (claim, length) = (claim.join(","), file.len().to_string());
        let headers = [("tus-resumable", "1.0.0"), ("upload-length", &*length), ("upload-metadata", &*claim)];
        let (_, answer) = self.send(Method::POST, "/uploads", shown, Sent::Bytes(&headers, Bytes::new())).await?;
        let place = header(&answer, &header::LOCATION).context("it is not said where to send it")?;
        let path = format!("/uploads/{}", place.rsplit('/').next().unwrap_or_default());
        let (first, rest) = file.split_at(file.len() / 2);
        for (offset, piece) in [(0, first), (first.len(), rest)] {
            let offset = offset.to_string();
            let headers = [
                ("tus-resumable", "1.0.0"),
                ("upload-offset", &*offset),
                ("content-type", "application/offset+octet-stream"),
            ];
            let sent = Sent::Bytes(&headers, Bytes::copy_from_slice(piece));
            self.send(Method::PATCH, &path, shown, sent).await?;
        }
        Ok(())
    }

    /// What a check-in device sends.
    pub async fn punch(&self, token: &str, punches: &[Value]) -> Result<()> {
        let bearer = format!("Bearer {token}");
        let body = json!({ "punches": punches });
        let sent = Sent::Json(&body);
        let (body, _) =
            self.send(Method::POST, "/punches", Some((header::AUTHORIZATION.as_str(), &bearer)), sent).await?;
        let taken: Value = serde_json::from_slice(&body)?;
        if taken["refused"] != 0 {
            bail!("punches were refused: {taken}");
        }
        Ok(())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        shown: Option<(&str, &str)>,
        sent: Sent<'_>,
    ) -> Result<(Bytes, HeaderMap)> {
        self.clock.pass(SignedDuration::from_secs(1));
        let mut request = Request::builder().method(&method).uri(format!("/api/v1{path}")).header("host", "duxue.demo");
        if let Some((name, value)) = shown {
            request = request.header(name, value);
        }
        let request = match sent {
            Sent::Nothing => request.body(Body::empty()),
            Sent::Json(value) => request.header("content-type", "application/json").body(Body::from(value.to_string())),
            Sent::Bytes(headers, bytes) => headers
                .iter()
                .fold(request, |request, (name, value)| request.header(*name, *value))
                .body(Body::from(bytes)),
        }?;
        let response = self.router.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await?;
        if !parts.status.is_success() {
            bail!("{method} {path} at {}: {}: {}", self.clock.now(), parts.status, String::from_utf8_lossy(&bytes));
        }
        Ok((bytes, parts.headers))
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A field of an answer, as what it is.
pub fn field<T: DeserializeOwned>(answer: &Value, name: &str) -> Result<T> {
    serde_json::from_value(answer[name].clone()).with_context(|| format!("{name} is missing in {answer}"))
}

/// The items of a list that came whole.
pub fn items(answer: &Value) -> impl Iterator<Item = &Value> {
    answer["items"].as_array().into_iter().flatten()
}
