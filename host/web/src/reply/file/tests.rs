use std::ops::Range;

use dinh_portal::shown::FileFound;
use http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, ETAG, HeaderName,
    IF_NONE_MATCH, IF_RANGE, RANGE,
};
use poem::{Body, Request, Response};

use super::file;
use crate::asked::{Asked, RequestId};
use crate::problem::Problem;

fn found(content: &[u8]) -> FileFound {
    FileFound {
        name: "Quyết định.pdf".into(),
        media_type: "application/pdf".into(),
        size_bytes: content.len() as u64,
        sha256: "abc".into(),
    }
}

async fn get(content: &'static [u8], headers: &[(HeaderName, &'static str)]) -> Response {
    let mut request = Request::builder();
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let asked = Asked::read(&mut request.finish(), RequestId::new()).unwrap();
    let open = async |part: Range<u64>| {
        let part = part.start as usize..part.end as usize;
        Ok(Body::from(content[part].to_vec()))
    };
    file(&asked, &found(content), open).await.unwrap()
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().into_vec().await.unwrap()
}

#[tokio::test]
async fn a_file_comes_whole_to_be_saved() {
    let response = get(b"0123456789", &[]).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers();
    assert_eq!(
        (&headers[ETAG], &headers[CONTENT_LENGTH]),
        (&"\"abc\"".parse().unwrap(), &"10".parse().unwrap())
    );
    assert!(
        headers[CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );
    assert!(
        headers[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    assert_eq!(body(response).await, b"0123456789");
}

#[tokio::test]
async fn one_range_comes_alone_and_a_range_beyond_is_refused() {
    let stored = b"0123456789";
    let response = get(stored, &[(RANGE, "bytes=2-4")]).await;
    assert_eq!(
        (
            response.status().as_u16(),
            &response.headers()[CONTENT_RANGE]
        ),
        (206, &"bytes 2-4/10".parse().unwrap())
    );
    assert_eq!(body(response).await, b"234");
    let response = get(stored, &[(RANGE, "bytes=10-")]).await;
    assert_eq!(
        (
            response.status().as_u16(),
            &response.headers()[CONTENT_RANGE]
        ),
        (416, &"bytes */10".parse().unwrap())
    );
    let response = get(stored, &[(RANGE, "bytes=2-4"), (IF_RANGE, "\"old\"")]).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_file_that_the_reader_has_is_not_sent_again() {
    let response = get(b"0123456789", &[(IF_NONE_MATCH, "\"abc\"")]).await;
    assert_eq!(response.status(), 304);
    assert!(body(response).await.is_empty());
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_a_failure_and_no_answer() {
    let asked = Asked::read(&mut Request::builder().finish(), RequestId::new()).unwrap();
    let missing = async |_: Range<u64>| {
        let cause = "there is no stored file".to_owned();
        Err(Problem::Internal { cause })
    };
    let failed = file(&asked, &found(b"0123456789"), missing).await;
    assert!(matches!(failed, Err(Problem::Internal { .. })));
    let mut request = Request::builder().header(IF_NONE_MATCH, "\"abc\"").finish();
    let asked = Asked::read(&mut request, RequestId::new()).unwrap();
    let known = file(&asked, &found(b"0123456789"), missing).await.unwrap();
    assert_eq!(known.status(), 304, "what the reader has is not opened");
}
