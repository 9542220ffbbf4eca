//! Where a request comes from.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::app::Core;

/// The client's address; `None` when the server does not tell (tests, sockets without one).
pub(crate) struct ClientAddress(pub(crate) Option<IpAddr>);

impl FromRequestParts<Core> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        Ok(Self(peer.map(|peer| behind(peer, &parts.headers, &app.settings.trusted_proxies))))
    }
}

/// The nearest address that is no trusted proxy, going back along `X-Forwarded-For`. What lies beyond it anyone can
/// have written.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let said: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let mut nearest = peer;
    for text in said.into_iter().rev() {
        if !trusted.contains(&nearest) {
            break;
        }
        let Ok(before) = text.parse::<IpAddr>() else { break };
        nearest = before.to_canonical();
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_say_they_are_someone_else() {
        assert_eq!(from("198.51.100.9", "10.0.0.1", &[]), "198.51.100.9");
        assert_eq!(from("198.51.100.9", "10.0.0.1", &["127.0.0.1"]), "198.51.100.9");
    }

    #[test]
    fn a_trusted_proxy_is_believed_one_step() {
        assert_eq!(from("127.0.0.1", "1.2.3.4, 198.51.100.9", &["127.0.0.1"]), "198.51.100.9");
        assert_eq!(from("127.0.0.1", "198.51.100.9, 10.0.0.2", &["127.0.0.1", "10.0.0.2"]), "198.51.100.9");
        assert_eq!(from("127.0.0.1", "nonsense", &["127.0.0.1"]), "127.0.0.1");
    }
}
