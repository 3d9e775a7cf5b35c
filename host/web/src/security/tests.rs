use http::header::{CONTENT_SECURITY_POLICY, HeaderValue, STRICT_TRANSPORT_SECURITY};
use poem::Response;

use super::{CONTENT_POLICY, dress};
use crate::asked::RequestId;
use crate::options::PublicScheme;

fn dressed(mut response: Response, scheme: PublicScheme) -> http::HeaderMap {
    dress(&mut response, RequestId::new(), scheme);
    response.headers().clone()
}

#[test]
fn every_answer_carries_the_headers_and_its_name() {
    let headers = dressed(Response::builder().finish(), PublicScheme::Http);
    let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self';"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    for name in [
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ] {
        assert!(headers.contains_key(name), "{name}");
    }
    assert_eq!(headers["x-request-id"].len(), 36);
}

#[test]
fn browsers_are_bound_to_encryption_only_where_there_is_some() {
    let plain = dressed(Response::builder().finish(), PublicScheme::Http);
    assert!(!plain.contains_key(STRICT_TRANSPORT_SECURITY));
    let encrypted = dressed(Response::builder().finish(), PublicScheme::Https);
    assert_eq!(encrypted[STRICT_TRANSPORT_SECURITY], "max-age=31536000");
}

#[test]
fn a_stricter_policy_stays() {
    let mut response = Response::builder().finish();
    let policy = HeaderValue::from_static(CONTENT_POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    assert_eq!(
        dressed(response, PublicScheme::Http)[CONTENT_SECURITY_POLICY],
        CONTENT_POLICY
    );
}
