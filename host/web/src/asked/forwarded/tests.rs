use std::net::IpAddr;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::Caller;
use crate::options::{HttpOptions, PublicScheme};

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
}

fn behind(proxies: &[&str]) -> HttpOptions {
    HttpOptions {
        trusted_proxies: proxies.iter().map(|it| ip(it)).collect(),
        ..HttpOptions::default()
    }
}

const CLAIMS: [(&str, &str); 3] = [
    ("x-forwarded-for", "203.0.113.9"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-host", "dong-son.localhost"),
];

#[test]
fn nobody_is_believed_by_default() {
    let caller = Caller::told(
        Some(ip("127.0.0.1")),
        &headers(&CLAIMS),
        &HttpOptions::default(),
    );
    assert_eq!(caller.address, Some(ip("127.0.0.1")));
    assert_eq!((caller.scheme, caller.host), (PublicScheme::Http, None));
}

#[test]
fn a_trusted_proxy_is_believed_also_over_a_mapped_address() {
    let options = behind(&["127.0.0.1"]);
    for peer in ["127.0.0.1", "::ffff:127.0.0.1"] {
        let caller = Caller::told(Some(ip(peer)), &headers(&CLAIMS), &options);
        assert_eq!(caller.address, Some(ip("203.0.113.9")));
        assert_eq!(caller.scheme, PublicScheme::Https);
        assert_eq!(caller.host.as_deref(), Some("dong-son.localhost"));
    }
}

#[test]
fn the_caller_is_the_last_address_that_no_trusted_proxy_has() {
    let options = behind(&["10.0.0.1", "10.0.0.2"]);
    let chain = headers(&[
        ("x-forwarded-for", "1.2.3.4, 203.0.113.9"),
        ("x-forwarded-for", "10.0.0.2"),
    ]);
    let caller = Caller::told(Some(ip("10.0.0.1")), &chain, &options);
    assert_eq!(caller.address, Some(ip("203.0.113.9")));
    let nonsense = headers(&[("x-forwarded-for", "1.2.3.4, unknown, 10.0.0.2")]);
    let caller = Caller::told(Some(ip("10.0.0.1")), &nonsense, &options);
    assert_eq!(caller.address, Some(ip("10.0.0.1")));
}
