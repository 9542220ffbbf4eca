//! Camera addresses: taken apart before anything is stored, so that credentials are only ever kept encrypted.

use duxue_storage::camera::Credentials;
use url::Url;

use crate::problem::FieldProblem;

/// An address as it came in a request.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// `rtsp://host[:port]/path`, without credentials.
    pub(crate) url: String,
    /// What stood before the `@`.
    pub(crate) credentials: Option<Credentials>,
    /// `host:port`, the port always there.
    pub(crate) host: String,
}

/// The port of RTSP and of RTSP over TLS (IANA).
fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "rtsp" => Some(554),
        "rtsps" => Some(322),
        _ => None,
    }
}

impl Address {
    /// Takes `rtsp://[user:password@]host[:port]/path[?query]`.
    pub(crate) fn parse(field: &str, text: &str) -> Result<Self, FieldProblem> {
        let wrong = |zh: &str, en: &str| FieldProblem::shape(field, zh, en);
        if text.contains('#') {
            return Err(wrong(
                "地址中的 # 须写作 %23。",
                "a # in an address cuts it off; write it as %23, also in a password",
            ));
        }
        let mut url = Url::parse(text.trim()).map_err(|_| {
            wrong(
                "地址格式应为 rtsp://用户名:密码@主机:端口/路径。",
                "an address is rtsp://user:password@host:port/path",
            )
        })?;
        let port = default_port(url.scheme()).ok_or_else(|| {
            wrong("地址须以 rtsp:// 或 rtsps:// 开头。", "an address begins with rtsp:// or rtsps://")
        })?;
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or_else(|| wrong("地址中缺少主机。", "the address names no host"))?
            .to_owned();
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8()
                .map(|text| text.into_owned())
                .map_err(|_| wrong("用户名或密码的编码不正确。", "the user name or password is not UTF-8"))
        };
        let username = decode(url.username())?;
        let password = decode(url.password().unwrap_or_default())?;
        if url.set_username("").is_err() || url.set_password(None).is_err() {
            return Err(wrong("地址格式不正确。", "the address cannot hold credentials"));
        }
        let credentials = (!username.is_empty() || !password.is_empty()).then_some(Credentials { username, password });
        let host = format!("{host}:{}", url.port().unwrap_or(port));
        // What is stored holds no @ at all, so that no credential can hide there; in a path it is written %40.
        Ok(Self { url: url.as_str().replace('@', "%40"), credentials, host })
    }

    /// `host:port` of an address that is stored; `None` if it does not read, which a stored one always did.
    pub(crate) fn host_of(stored: &str) -> Option<String> {
        Self::parse("", stored).ok().map(|address| address.host)
    }
}

/// Main and sub-stream of one camera: one host, one pair of credentials.
pub(crate) fn pair(main: &Address, sub: &Address) -> Result<(), FieldProblem> {
    let host = |address: &Address| address.host.rsplit_once(':').map(|(host, _)| host.to_owned());
    if host(main) != host(sub) {
        return Err(FieldProblem::shape(
            "sub_url",
            "子码流须与主码流在同一主机上。",
            "the sub-stream must be on the main stream's host",
        ));
    }
    if sub.credentials.is_some() && sub.credentials != main.credentials {
        return Err(FieldProblem::shape(
            "sub_url",
            "子码流与主码流使用同一组用户名和密码。",
            "the sub-stream uses the main stream's user name and password",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Address {
        Address::parse("main_url", text).map_err(|problem| problem.en).unwrap()
    }

    fn refused(text: &str) -> String {
        Address::parse("main_url", text).map(|address| address.url).unwrap_err().en
    }

    #[test]
    fn credentials_come_off() {
        let address = parse("rtsp://admin:p%40ss%20w@192.0.2.10/stream1?channel=1");
        assert_eq!(address.url, "rtsp://192.0.2.10/stream1?channel=1");
        assert_eq!(address.host, "192.0.2.10:554");
        let credentials = address.credentials.unwrap();
        assert_eq!((credentials.username.as_str(), credentials.password.as_str()), ("admin", "p@ss w"));
        assert!(parse("rtsp://192.0.2.10:8554/a").credentials.is_none());
        assert_eq!(parse("rtsps://[2001:db8::1]/a").host, "[2001:db8::1]:322");
    }

    #[test]
    fn no_at_sign_is_left() {
        assert_eq!(parse("rtsp://a:b@host/x@y?z=@").url, "rtsp://host/x%40y?z=%40");
        assert_eq!(parse("rtsp://a:b@c@host/x").url, "rtsp://host/x");
    }

    #[test]
    fn what_is_no_camera_address_says_so() {
        assert!(refused("http://host/x").contains("rtsp://"));
        assert!(refused("host/x").contains("rtsp://"));
        assert!(refused("rtsp:///x").contains("host") || refused("rtsp:///x").contains("rtsp://"));
        assert!(refused("rtsp://host/x#1").contains("%23"));
        assert!(refused("rtsp://a:pa#ss@host/x").contains("%23"));
        assert!(refused("").contains("rtsp://"));
    }

    #[test]
    fn no_refusal_repeats_a_password() {
        for text in
            ["http://u:geheim@host/", "rtsp://u:geheim@:0:0/", "rtsp://u:%ff%fegeheim@host/", "rtsp://u:geheim#@h/"]
        {
            assert!(!refused(text).contains("geheim"), "{text}");
        }
    }

    #[test]
    fn a_sub_stream_is_of_the_same_camera() {
        let main = parse("rtsp://a:b@192.0.2.1/1");
        assert!(pair(&main, &parse("rtsp://192.0.2.1/2")).is_ok());
        assert!(pair(&main, &parse("rtsp://a:b@192.0.2.1:8554/2")).is_ok());
        assert!(pair(&main, &parse("rtsp://192.0.2.2/2")).is_err());
        assert!(pair(&main, &parse("rtsp://a:c@192.0.2.1/2")).is_err());
    }
}
