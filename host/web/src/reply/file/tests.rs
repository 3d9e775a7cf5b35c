use dinh_portal::shown::FileFound;
use http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, ETAG, HeaderName,
    IF_NONE_MATCH, IF_RANGE, RANGE,
};
use poem::{Request, Response};

use super::file;
use crate::asked::{Asked, RequestId};
use crate::problem::Problem;

struct Stored {
    found: FileFound,
    _folder: tempfile::TempDir,
}

fn stored(content: &[u8]) -> Stored {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content");
    std::fs::write(&path, content).unwrap();
    let found = FileFound {
        name: "Quyết định.pdf".into(),
        media_type: "application/pdf".into(),
        size_bytes: content.len() as u64,
        sha256: "abc".into(),
        path,
    };
    Stored {
        found,
        _folder: folder,
    }
}

async fn get(stored: &Stored, headers: &[(HeaderName, &'static str)]) -> Response {
    let mut request = Request::builder();
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let asked = Asked::read(&mut request.finish(), RequestId::new()).unwrap();
    file(&asked, &stored.found).await.unwrap()
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().into_vec().await.unwrap()
}

#[tokio::test]
async fn a_file_comes_whole_to_be_saved() {
    let response = get(&stored(b"0123456789"), &[]).await;
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
    let stored = stored(b"0123456789");
    let response = get(&stored, &[(RANGE, "bytes=2-4")]).await;
    assert_eq!(
        (
            response.status().as_u16(),
            &response.headers()[CONTENT_RANGE]
        ),
        (206, &"bytes 2-4/10".parse().unwrap())
    );
    assert_eq!(body(response).await, b"234");
    let response = get(&stored, &[(RANGE, "bytes=10-")]).await;
    assert_eq!(
        (
            response.status().as_u16(),
            &response.headers()[CONTENT_RANGE]
        ),
        (416, &"bytes */10".parse().unwrap())
    );
    let response = get(&stored, &[(RANGE, "bytes=2-4"), (IF_RANGE, "\"old\"")]).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_file_that_the_reader_has_is_not_sent_again() {
    let response = get(&stored(b"0123456789"), &[(IF_NONE_MATCH, "\"abc\"")]).await;
    assert_eq!(response.status(), 304);
    assert!(body(response).await.is_empty());
}

#[tokio::test]
async fn a_file_that_is_not_what_the_database_says_is_a_failure() {
    let mut changed = stored(b"0123456789");
    changed.found.size_bytes = 11;
    let asked = Asked::read(&mut Request::builder().finish(), RequestId::new()).unwrap();
    let failed = file(&asked, &changed.found).await;
    assert!(
        matches!(failed, Err(Problem::Internal { cause }) if cause.contains("10 bytes, recorded are 11"))
    );
    changed.found.path.set_file_name("missing");
    assert!(matches!(
        file(&asked, &changed.found).await,
        Err(Problem::Internal { .. })
    ));
}
