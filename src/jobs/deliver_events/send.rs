//! One delivery: to an address that may be called, within a time, and what its answer means.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result};
use duxue_api::{is_public, webhook_url};
use duxue_storage::webhook::{AfterTry, Due, Tried};
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};

use super::sign;

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long after each try the next one is made; after the last the delivery is given up. A day in all.
const PAUSES: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(3),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
];

/// Sends deliveries.
pub struct Sender {
    client: Client,
    allow_private: bool,
}

impl Sender {
    /// `allow_private`: also into inner networks.
    pub fn new(allow_private: bool) -> Result<Self> {
        crate::tls::install();
        let client = Client::builder()
            .user_agent(concat!("duxue/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            // Whoever answers with another address is not asked there, and no proxy of this machine's stands between.
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Outside { allow_private }));
        Ok(Self { client: client.build().context("no HTTP client can be made for webhooks")?, allow_private })
    }

    /// Sends one, and says what came of it.
    pub async fn send(&self, due: &Due, now: Timestamp) -> Tried {
        let (status, error) = match self.post(due, now).await {
            Ok(status) => (Some(status), None),
            Err(why) => (None, Some(why.to_owned())),
        };
        Tried { status: status.map(|status| status.as_u16()), error, next: next(status, due.attempts, now) }
    }

    /// The status of the answer, or in a word why there is none.
    async fn post(&self, due: &Due, now: Timestamp) -> Result<StatusCode, &'static str> {
        let url = webhook_url(&due.url, self.allow_private).map_err(|_| "address_not_allowed")?;
        let (id, timestamp, body) = (sign::id(&due.event), now.as_second(), sign::body(&due.event));
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", sign::signatures(&due.secrets, &id, timestamp, &body))
            .body(body);
        match request.send().await {
            Ok(answer) => Ok(answer.status()),
            Err(error) if error.is_timeout() => Err("timeout"),
            Err(error) if error.is_connect() => Err("no_connection"),
            Err(_) => Err("broken_off"),
        }
    }
}

/// What follows from an answer to the try after `attempts` earlier ones.
fn next(status: Option<StatusCode>, attempts: u32, now: Timestamp) -> AfterTry {
    match status {
        Some(status) if status.is_success() => return AfterTry::Delivered,
        // The other side says that it wants no more.
        Some(StatusCode::GONE) => return AfterTry::GivenUp,
        Some(_) | None => {}
    }
    let pause = usize::try_from(attempts).ok().and_then(|made| PAUSES.get(made));
    match pause.and_then(|pause| now.checked_add(*pause).ok()) {
        Some(at) => AfterTry::Again { at },
        None => AfterTry::GivenUp,
    }
}

/// Names lead only where an address may be called: what is asked once is what is called.
struct Outside {
    allow_private: bool,
}

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| allow_private || is_public(unmapped(address.ip()))).collect();
            if allowed.is_empty() {
                return Err("the name leads into an inner network, or nowhere".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

fn unmapped(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_tried_for_a_day_and_then_given_up() {
        let now = Timestamp::UNIX_EPOCH;
        let mut at = now;
        for attempts in 0..9 {
            let AfterTry::Again { at: then } = next(None, attempts, at) else { panic!("given up after {attempts}") };
            assert!(then > at);
            at = then;
        }
        assert_eq!(next(Some(StatusCode::INTERNAL_SERVER_ERROR), 9, at), AfterTry::GivenUp);
        assert!((SignedDuration::from_hours(22)..SignedDuration::from_hours(25)).contains(&at.duration_since(now)));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_called() {
        let resolve =
            async |allow_private| Outside { allow_private }.resolve("localhost".parse().unwrap()).await.is_ok();
        assert!(resolve(true).await, "where the operator allows it");
        assert!(!resolve(false).await);
    }

    #[test]
    fn only_a_success_is_a_delivery() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(next(Some(StatusCode::NO_CONTENT), 3, now), AfterTry::Delivered);
        assert_eq!(next(Some(StatusCode::GONE), 0, now), AfterTry::GivenUp);
        for status in [StatusCode::MOVED_PERMANENTLY, StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS] {
            assert!(matches!(next(Some(status), 0, now), AfterTry::Again { .. }), "{status}");
        }
    }
}
