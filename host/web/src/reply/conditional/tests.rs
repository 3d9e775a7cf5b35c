use http::header::{HeaderName, IF_NONE_MATCH, IF_RANGE};
use http::{HeaderMap, HeaderValue};

use super::{if_range, none_match, strong_tag};

fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
}

#[test]
fn a_tag_is_the_quoted_hash_of_the_body() {
    assert_eq!(strong_tag(b""), "\"e3b0c44298fc1c149afbf4c8996fb924\"");
    assert_ne!(strong_tag(b"a"), strong_tag(b"b"));
}

#[test]
fn known_tags_are_compared_weakly_and_in_lists() {
    let says = |value| none_match(&headers(IF_NONE_MATCH, value), "\"b\"");
    for value in ["\"b\"", "W/\"b\"", "\"a\", \"b\"", "*"] {
        assert!(says(value), "{value}");
    }
    for value in ["\"a\"", "b", "\"B\"", "", "\"bb\""] {
        assert!(!says(value), "{value}");
    }
    assert!(!none_match(&HeaderMap::new(), "\"b\""));
}

#[test]
fn a_range_of_another_version_is_not_answered() {
    assert!(if_range(&HeaderMap::new(), "\"b\""));
    assert!(if_range(&headers(IF_RANGE, "\"b\""), "\"b\""));
    for value in ["W/\"b\"", "\"a\"", "Fri, 03 Oct 2014 08:00:00 GMT"] {
        assert!(!if_range(&headers(IF_RANGE, value), "\"b\""), "{value}");
    }
}
