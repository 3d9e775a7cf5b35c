use http::{Method, Uri};
use poem::Request;

use super::{Asked, MAX_PATH_BYTES, MAX_QUERY_BYTES, Refused, RequestId};

fn read(method: Method, address: &str) -> Result<Asked, Refused> {
    let uri: Uri = address.parse().unwrap();
    Asked::read(
        &mut Request::builder().method(method).uri(uri).finish(),
        RequestId::new(),
    )
}

fn get(address: &str) -> Result<Asked, Refused> {
    read(Method::GET, address)
}

#[test]
fn path_and_parameters_are_decoded_in_order() {
    let asked =
        get("/van-ban/%C4%91at?q=quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh&kind=a&kind=b&x&=y&&").unwrap();
    assert_eq!(asked.path, "/van-ban/đat");
    let pairs: Vec<(&str, &str)> = asked
        .params
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("q", "quyết định"),
            ("kind", "a"),
            ("kind", "b"),
            ("x", ""),
            ("", "y")
        ]
    );
}

#[test]
fn an_escaped_slash_parts_no_segments() {
    assert_eq!(get("/van-ban%2Fx").unwrap().path, "/van-ban%2Fx");
}

#[test]
fn a_malformed_path_or_query_is_refused_with_its_reason() {
    assert_eq!(get("/a%zz").unwrap_err(), Refused::Percent);
    assert_eq!(get("/a?q=%E9").unwrap_err(), Refused::NotUtf8);
    assert_eq!(get("/a?%00=1").unwrap_err(), Refused::Control);
}

#[test]
fn limits_hold_at_the_byte() {
    let path = |bytes: usize| format!("/{}", "a".repeat(bytes - 1));
    assert!(get(&path(MAX_PATH_BYTES)).is_ok());
    assert_eq!(
        get(&path(MAX_PATH_BYTES + 1)).unwrap_err(),
        Refused::PathTooLong
    );
    let query = |bytes: usize| format!("/?q={}", "a".repeat(bytes - 2));
    assert!(get(&query(MAX_QUERY_BYTES)).is_ok());
    assert_eq!(
        get(&query(MAX_QUERY_BYTES + 1)).unwrap_err(),
        Refused::QueryTooLong
    );
    let params = |count: usize| format!("/?{}", vec!["a=1"; count].join("&"));
    assert_eq!(get(&params(100)).unwrap().params.len(), 100);
    assert_eq!(get(&params(101)).unwrap_err(), Refused::TooManyParams);
}

#[test]
fn only_reading_methods_are_answered() {
    assert!(read(Method::HEAD, "/").is_ok());
    for method in [
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
    ] {
        assert_eq!(read(method, "/").unwrap_err(), Refused::Method);
    }
    assert_eq!(Refused::Method.status(), 405);
    assert_eq!(Refused::PathTooLong.status(), 414);
    assert_eq!(Refused::TooManyParams.status(), 400);
}
