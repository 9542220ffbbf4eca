//! The token of `Authorization: Bearer …` (RFC 6750, 2.1), which devices and people's programs show.

use axum::http::{HeaderMap, header};
use duxue_storage::sign_in::Token;

/// The token, if there is one; the scheme's case does not matter (RFC 9110, 11.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Token> {
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
