use http::header::HOST;
use http::{HeaderMap, HeaderValue, Uri};

use super::{BadHost, host_of, parse};

#[test]
fn a_host_is_lower_case_without_port_and_final_dot() {
    for (sent, read) in [
        ("localhost", "localhost"),
        ("LocalHost:8080", "localhost"),
        ("Dong-Son.localhost.:80", "dong-son.localhost"),
        ("yenthe.bacgiang.gov.vn.", "yenthe.bacgiang.gov.vn"),
        ("localhost:", "localhost"),
        ("127.0.0.1:8080", "127.0.0.1"),
        ("[::1]:8080", "[::1]"),
        ("[0:0:0:0:0:0:0:1]", "[::1]"),
        (" localhost ", "localhost"),
    ] {
        assert_eq!(parse(sent).as_deref(), Ok(read), "{sent}");
    }
}

#[test]
fn a_host_that_cannot_exist_is_refused() {
    let long = format!("{}.vn", "a".repeat(64));
    let longer = ["abcdefgh"; 40].join(".");
    for sent in [
        "",
        ".",
        ":80",
        "a..b",
        "a b",
        "a/b",
        "user@host",
        "host:http",
        "host:99999",
        "host:+1",
        "host:1:2",
        "[::1",
        "[::1]x",
        "[zz]",
        "::1",
        "-a.vn",
        "a-.vn",
        "yên-thế.vn",
        "a\tb",
        "%61",
        &long,
        &longer,
    ] {
        assert_eq!(parse(sent), Err(BadHost), "{sent:?}");
    }
}

fn headers(hosts: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for host in hosts {
        headers.append(HOST, HeaderValue::from_str(host).unwrap());
    }
    headers
}

#[test]
fn a_request_names_exactly_one_host() {
    let path = Uri::from_static("/");
    assert_eq!(
        host_of(&headers(&["a.vn"]), &path, None).as_deref(),
        Ok("a.vn")
    );
    assert_eq!(host_of(&headers(&[]), &path, None), Err(BadHost));
    assert_eq!(
        host_of(&headers(&["a.vn", "a.vn"]), &path, None),
        Err(BadHost)
    );
    assert_eq!(
        host_of(&headers(&["a.vn, b.vn"]), &path, None),
        Err(BadHost)
    );
}

#[test]
fn an_absolute_address_counts_before_the_header_and_a_believed_proxy_before_both() {
    let absolute = Uri::from_static("http://b.vn:8080/x");
    assert_eq!(
        host_of(&headers(&["a.vn"]), &absolute, None).as_deref(),
        Ok("b.vn")
    );
    assert_eq!(
        host_of(&headers(&["a.vn", "c.vn"]), &absolute, None),
        Err(BadHost)
    );
    assert_eq!(
        host_of(&headers(&["a.vn"]), &absolute, Some("C.vn")).as_deref(),
        Ok("c.vn")
    );
}
