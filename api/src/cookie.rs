//! The cookie that carries a sign-in (RFC 6265; `SameSite` as in its successor draft).

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use duxue_storage::sign_in::Token;

/// Its name.
pub const NAME: &str = "duxue";

/// The token that the browser sent.
pub(crate) fn token(headers: &HeaderMap) -> Option<Token> {
    CookieJar::from_headers(headers).get(NAME).map(|cookie| Token::received(cookie.value()))
}

/// Gives the browser a token to keep for so long.
pub(crate) fn keep(token: &Token, seconds: i64, secure: bool) -> Option<HeaderValue> {
    let cookie = Cookie::build((NAME, token.secret().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .build();
    // Max-Age by hand: the cookie crate's own takes another crate's duration.
    HeaderValue::try_from(format!("{cookie}; Max-Age={seconds}")).ok()
}

/// Makes the browser forget it.
pub(crate) fn forget() -> HeaderValue {
    HeaderValue::from_static("duxue=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_other_sites_do_not_get_it() {
        let token = Token::received("abc");
        let header = keep(&token, 60, true).unwrap();
        assert_eq!(header.to_str().unwrap(), "duxue=abc; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=60");
        assert!(!keep(&token, 60, false).unwrap().to_str().unwrap().contains("Secure"));
    }

    #[test]
    fn it_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert("cookie", HeaderValue::from_static("a=1; duxue=tok_en-1; b=2"));
        assert_eq!(token(&headers).unwrap().secret(), "tok_en-1");
        headers.insert("cookie", HeaderValue::from_static("duxue2=x"));
        assert!(token(&headers).is_none());
    }
}
