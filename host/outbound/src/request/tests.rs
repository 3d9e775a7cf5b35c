use super::{HEADERS_MAX, Request, check};
use crate::OutboundError;

fn asks(url: &str, headers: &[(&str, &str)]) -> Request {
    let owned = headers.iter();
    let owned = owned.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Request {
        method: http::Method::GET,
        url: url.to_owned(),
        headers: owned.collect(),
        body: Vec::new(),
    }
}

#[test]
fn an_address_leads_to_one_place_and_its_path_to_no_other() {
    for (url, place, target) in [
        ("https://api.example", "https://api.example", "/"),
        (
            "https://API.example:443/a?b=c",
            "https://api.example",
            "/a?b=c",
        ),
        (
            "http://api.example:8080?q",
            "http://api.example:8080",
            "/?q",
        ),
        // An address in the path is a path.
        (
            "https://api.example/http://10.0.0.1/",
            "https://api.example",
            "/http://10.0.0.1/",
        ),
        (
            "https://api.example//10.0.0.1/",
            "https://api.example",
            "//10.0.0.1/",
        ),
    ] {
        let checked = check(asks(url, &[])).unwrap();
        assert_eq!(checked.place.to_string(), place);
        assert_eq!(checked.request.uri().to_string(), target);
        let host = place.split_once("://").unwrap().1;
        assert_eq!(checked.request.headers()["host"], host);
    }
}

#[test]
fn what_is_read_in_two_ways_is_not_read() {
    for url in [
        "",
        "api.example/",
        "//api.example/",
        "ftp://api.example/",
        "HTTPS://api.example/",
        "https:///path",
        "https://user:pass@api.example/",
        "https://api.example@10.0.0.1/",
        "https://api.example:0/",
        "https://api.example:99999/",
        "https://api.example:80:80/",
        "https://[::1]/",
        "https://api.example\\@10.0.0.1/",
        "https://api.example/a b",
        "https://api.example/\r\nHost: other",
        "https://api.example/ HTTP/1.1\r\n\r\nGET /",
        "https://api.example/#part",
        "https://ápi.example/",
    ] {
        let told = check(asks(url, &[])).unwrap_err();
        assert!(matches!(told, OutboundError::Invalid(_)), "{url}: {told}");
    }
    let long = format!("https://api.example/{}", "x".repeat(5_000));
    let told = check(asks(&long, &[])).unwrap_err();
    assert!(matches!(told, OutboundError::TooLarge(_)), "{told}");
}

#[test]
fn headers_that_frame_the_message_are_the_hosts() {
    for (name, value) in [
        ("Host", "other"),
        ("content-length", "3"),
        ("Transfer-Encoding", "chunked"),
        ("connection", "close"),
        ("Proxy-Authorization", "x"),
        ("expect", "100-continue"),
        ("accept-encoding", "gzip"),
        ("x y", "1"),
        ("", "1"),
        ("x", "a\r\nhost: other"),
        ("x", "a\nb"),
        ("x", "\0"),
    ] {
        let told = check(asks("https://api.example/", &[(name, value)])).unwrap_err();
        assert!(matches!(told, OutboundError::Invalid(_)), "{name}: {told}");
    }
    let many = vec![("x", "1"); HEADERS_MAX + 1];
    let told = check(asks("https://api.example/", &many)).unwrap_err();
    assert!(matches!(told, OutboundError::TooLarge(_)), "{told}");
    let good = check(asks(
        "https://api.example/",
        &[("Authorization", "Bearer x")],
    ))
    .unwrap();
    assert_eq!(good.request.headers()["authorization"], "Bearer x");
}
