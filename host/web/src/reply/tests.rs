use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, LOCATION};
use poem::Request;

use super::{asset, computed, redirect};
use crate::asked::{Asked, RequestId};

fn asked(if_none_match: Option<&str>) -> Asked {
    let mut request = Request::builder();
    if let Some(tags) = if_none_match {
        request = request.header(IF_NONE_MATCH, tags);
    }
    Asked::read(&mut request.finish(), RequestId::new()).unwrap()
}

#[tokio::test]
async fn an_answer_that_the_reader_has_is_not_sent_again() {
    let first = asset(&asked(None), "text/css", b"body{}");
    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(first.headers()[CONTENT_LENGTH], "6");
    let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
    let second = asset(&asked(Some(&tag)), "text/css", b"body{}");
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert!(!second.headers().contains_key(CONTENT_LENGTH));
    assert_eq!(second.headers()[ETAG].to_str().unwrap(), tag);
    assert!(second.into_body().into_bytes().await.unwrap().is_empty());
    assert_eq!(
        asset(&asked(Some(&tag)), "text/css", b"p{}").status(),
        StatusCode::OK
    );
}

#[test]
fn what_a_plugin_computed_is_put_into_a_sandbox() {
    let response = computed(&asked(None), "text/calendar", b"BEGIN:VCALENDAR".to_vec());
    let policy = response.headers()[CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.contains("sandbox"), "{policy}");
}

#[test]
fn a_location_with_a_line_break_is_never_sent() {
    let response = redirect(StatusCode::SEE_OTHER, "/a\r\nSet-Cookie: b=c");
    assert!(!response.headers().contains_key(LOCATION));
    assert!(!response.headers().contains_key("set-cookie"));
}
