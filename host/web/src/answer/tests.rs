use http::header::{CONTENT_LENGTH, LOCATION};
use http::{StatusCode, Uri};
use poem::Request;

use super::{one_address, without_body};
use crate::asked::{Asked, RequestId};
use crate::problem::Problem;
use crate::reply;

fn location(address: &str) -> Result<Option<String>, Problem> {
    let uri: Uri = address.parse().unwrap();
    let asked = Asked::read(&mut Request::builder().uri(uri).finish(), RequestId::new()).unwrap();
    let response = one_address(&asked)?;
    Ok(response.map(|response| response.headers()[LOCATION].to_str().unwrap().to_owned()))
}

#[test]
fn a_slash_at_the_end_redirects_with_the_query() {
    assert_eq!(
        location("/van-ban/?q=a%20b").unwrap().as_deref(),
        Some("/van-ban?q=a%20b")
    );
    assert_eq!(location("/%C4%91/").unwrap().as_deref(), Some("/%C4%91"));
    for address in ["/", "/van-ban", "/van-ban?q=/"] {
        assert_eq!(location(address).unwrap(), None, "{address}");
    }
}

#[test]
fn empty_and_dot_segments_lead_nowhere() {
    for address in [
        "//",
        "//evil.example/",
        "/van-ban//",
        "/a//b",
        "/./a",
        "/a/..",
        "/%2e%2e/",
    ] {
        let uri: http::uri::PathAndQuery = address.parse().unwrap();
        let uri = Uri::from(uri);
        let asked =
            Asked::read(&mut Request::builder().uri(uri).finish(), RequestId::new()).unwrap();
        assert!(
            matches!(one_address(&asked), Err(Problem::NotFound)),
            "{address}"
        );
    }
}

#[tokio::test]
async fn head_keeps_the_length_and_loses_the_body() {
    let response = without_body(reply::text(StatusCode::OK, "bốn\n"));
    assert_eq!(response.headers()[CONTENT_LENGTH], "6");
    assert!(response.into_body().into_bytes().await.unwrap().is_empty());
}
