//! Which check-in device is asking.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use duxue_storage::{device::Device, sign_in::Token};

use crate::{app::Shared, problem::Failure};

/// A registered device that is not withdrawn. It is nobody of [`super::SignedIn`]'s: no route that takes a person takes a
/// device.
pub(crate) struct SignedDevice(pub(crate) Device);

impl FromRequestParts<Shared> for SignedDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Failure> {
        let token = bearer(&parts.headers).ok_or(Failure::NotSignedIn)?;
        let device = app.store.read().await?.device_of_token(token.hash()).await?;
        device.map(Self).ok_or(Failure::NotSignedIn)
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750, 2.1); the scheme's case does not matter (RFC 9110, 11.1).
fn bearer(headers: &HeaderMap) -> Option<Token> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::received(token.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_as_bearer_and_in_no_other_way() {
        let shown = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            bearer(&headers).map(|token| token.secret().to_owned())
        };
        assert_eq!(shown("Bearer abc"), Some("abc".to_owned()));
        assert_eq!(shown("bearer  abc"), Some("abc".to_owned()));
        assert_eq!(shown("Basic abc"), None);
        assert_eq!(shown("abc"), None);
        assert!(bearer(&HeaderMap::new()).is_none());
    }
}
