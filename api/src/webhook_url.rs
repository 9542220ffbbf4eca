//! Where a webhook may lead: over HTTPS, and to nobody's inner network unless the operator allows it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use duxue_rules::Text;
use url::{Host, Url};

/// The address of a webhook, if it may be one.
///
/// A name may lead anywhere by the time it is called: whoever calls it holds what it leads to against [`is_public`].
///
/// # Errors
///
/// What is wrong with it, for people.
pub fn webhook_url(text: &str, allow_private: bool) -> Result<Url, Text> {
    let refused = |zh: &str, en: &str| Err(Text::new(zh, en));
    let Ok(url) = Url::parse(text.trim()) else { return refused("不是有效的网址。", "this is no URL") };
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return refused("网址中不得含用户名、密码或 # 部分。", "the URL has no user name, password or fragment");
    }
    let address = match url.host() {
        Some(Host::Domain("localhost")) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        None => return refused("网址中没有主机。", "the URL names no host"),
    };
    let loopback = address.is_some_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        _ => return refused("须使用 https。", "use https"),
    }
    if !allow_private && address.is_some_and(|address| !is_public(address)) {
        return refused("不得指向内部网络的地址。", "the URL leads into an inner network; the operator can allow it");
    }
    Ok(url)
}

/// Whether an address is one of the Internet's: not this machine's, an inner network's, or one for special uses
/// (IANA's registries of special-purpose addresses, RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        // "This network", shared space of carriers, IETF's own, benchmarks, and what is reserved.
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    // What stands for an IPv4 address is judged by it: mapped, compatible, NAT64, 6to4.
    let inner = match segments {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some((high, low)),
        [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    if let Some((high, low)) = inner {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // Global unicast is 2000::/3; of it Teredo and others of 2001::/23, and documentation, are no one's.
    (segments[0] & 0xe000) == 0x2000
        && !(segments[0] == 0x2001 && segments[1] < 0x200)
        && !(segments[0] == 0x2001 && segments[1] == 0xdb8)
        && !(segments[0] == 0x3fff && segments[1] < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_internets_addresses_are_public() {
        for inner in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(inner.parse().unwrap()), "{inner}");
        }
        for outer in ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(outer.parse().unwrap()), "{outer}");
        }
    }

    #[test]
    fn an_address_is_https_and_leads_outside_unless_allowed() {
        let taken = |text, allow| webhook_url(text, allow).is_ok();
        assert!(taken("https://hooks.example.org/duxue?x=1", false));
        for text in [
            "",
            "hooks",
            "http://hooks.example.org/",
            "ftp://hooks.example.org/",
            "https://a:b@hooks.example.org/",
            "https://hooks.example.org/#x",
            "https://",
            "file:///etc/passwd",
            "http://10.0.0.1/",
        ] {
            assert!(!taken(text, false) && !taken(text, true), "{text}");
        }
        // The URL standard reads these as addresses too.
        for text in [
            "https://10.0.0.1/",
            "https://[::1]/",
            "http://127.0.0.1:9/",
            "http://localhost/",
            "https://0x7f.1/",
            "https://2130706433/",
        ] {
            assert!(!taken(text, false), "{text}");
            assert!(taken(text, true), "{text}");
        }
    }
}
