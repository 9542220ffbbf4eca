//! Where a camera is, and the secret that opens it, kept apart.

use std::{fmt, str::FromStr};

/// The address of one stream of a camera: `rtsp://[user[:password]@]host[:port]/path`, or `rtsps://` (RTSP over TLS).
///
/// What is printed (`Display`, `Debug`) never holds the credentials; they are reached only by
/// [`credentials`](Self::credentials). RFC 2326 section 3.2, RFC 3986 section 3.2.1.
#[derive(Clone, PartialEq, Eq)]
pub struct CameraUrl {
    /// Without user name and password.
    address: url::Url,
    credentials: Option<Credentials>,
}

/// The user name and password of a camera. Neither is ever printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user name, not empty.
    pub username: String,
    /// The password; may be empty.
    pub password: String,
}

/// Why a text is no camera address. Never repeats the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CameraUrlError {
    /// Not a URL at all.
    #[error("a camera address looks like rtsp://user:password@host:554/path")]
    NotAUrl,
    /// Another scheme than `rtsp` or `rtsps`.
    #[error("a camera address begins with rtsp:// or rtsps://")]
    Scheme,
    /// No host.
    #[error("a camera address names a host")]
    NoHost,
    /// A password without a user name.
    #[error("a camera address with a password also needs a user name")]
    NoUsername,
    /// The credentials do not decode to UTF-8.
    #[error("user name and password of a camera address must be UTF-8, percent-encoded where needed")]
    Encoding,
}

impl CameraUrl {
    /// Reads an address with or without credentials in it.
    pub fn parse(text: &str) -> Result<Self, CameraUrlError> {
        let mut address = url::Url::parse(text.trim()).map_err(|_| CameraUrlError::NotAUrl)?;
        if !matches!(address.scheme(), "rtsp" | "rtsps") {
            return Err(CameraUrlError::Scheme);
        }
        if address.host_str().is_none_or(str::is_empty) {
            return Err(CameraUrlError::NoHost);
        }
        let username = percent_decode(address.username())?;
        let password = address.password().map(percent_decode).transpose()?;
        let credentials = match (username.is_empty(), password) {
            (true, None) => None,
            (true, Some(_)) => return Err(CameraUrlError::NoUsername),
            (false, password) => Some(Credentials { username, password: password.unwrap_or_default() }),
        };
        // These fail only for addresses without a host, refused above.
        let cleared = address.set_username("").is_ok() && address.set_password(None).is_ok();
        if !cleared {
            return Err(CameraUrlError::NoHost);
        }
        address.set_fragment(None);
        Ok(Self { address, credentials })
    }

    /// The same address with other credentials; a store keeps the two apart.
    pub fn with_credentials(mut self, credentials: Option<Credentials>) -> Self {
        self.credentials = credentials;
        self
    }

    /// The address as text, without credentials.
    pub fn address(&self) -> &str {
        self.address.as_str()
    }

    /// The secret, if there is one.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// Host and, where given, port: enough to say which device is meant.
    pub fn host(&self) -> String {
        let host = self.address.host_str().unwrap_or_default();
        match self.address.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

impl FromStr for CameraUrl {
    type Err = CameraUrlError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for CameraUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.address.as_str())
    }
}

impl fmt::Debug for CameraUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "CameraUrl({}, {})",
            self.address,
            if self.credentials.is_some() { "with credentials" } else { "open" }
        )
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}

fn percent_decode(text: &str) -> Result<String, CameraUrlError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).ok();
                digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).map(|byte| (byte, after))
            }
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| CameraUrlError::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn credentials_are_taken_out_and_decoded() {
        let url = CameraUrl::parse("rtsp://admin:p%40ss%2Fw%3Ard@10.0.0.7:8554/Streaming/101?a=b").unwrap();
        assert_eq!(url.address(), "rtsp://10.0.0.7:8554/Streaming/101?a=b");
        assert_eq!(url.host(), "10.0.0.7:8554");
        let credentials = url.credentials().unwrap();
        assert_eq!((credentials.username.as_str(), credentials.password.as_str()), ("admin", "p@ss/w:rd"));
    }

    #[test]
    fn what_is_printed_holds_no_secret() {
        let url = CameraUrl::parse("rtsp://thename:thesecret@camera/1").unwrap();
        let printed = format!("{url} {url:?} {:?}", url.credentials());
        assert!(!printed.contains("thesecret") && !printed.contains("thename"), "{printed}");
    }

    #[test]
    fn bad_addresses_are_refused_without_repeating_them() {
        for (text, problem) in [
            ("camera one", CameraUrlError::NotAUrl),
            ("http://camera/", CameraUrlError::Scheme),
            ("rtsp:///path", CameraUrlError::NoHost),
            ("rtsp://:thesecret@camera/", CameraUrlError::NoUsername),
            ("rtsp://a:%ff@camera/", CameraUrlError::Encoding),
        ] {
            assert_eq!(CameraUrl::parse(text).unwrap_err(), problem, "{text}");
            assert!(!problem.to_string().contains("thesecret"));
        }
    }

    proptest! {
        #[test]
        fn any_password_survives_and_never_prints(password in "[a-zA-Z0-9!@#$%^&*()/:?]{9,24}") {
            let encoded: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let url = CameraUrl::parse(&format!("rtsp://user:{encoded}@camera:554/x")).unwrap();
            prop_assert_eq!(&url.credentials().unwrap().password, &password);
            let printed = format!("{url} {url:?}");
            prop_assert!(!printed.contains(&password) && !printed.contains(&encoded));
        }
    }
}
