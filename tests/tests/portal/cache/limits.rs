//! How often one caller may ask.

use std::net::Ipv4Addr;

use dinh_tests::{TestPortal, Visited};

/// Ten seconds' worth at once, then no more.
const PER_SECOND: u32 = 2;
const BURST: usize = 20;

async fn flood(portal: &TestPortal, headers: &[(&str, &str)]) -> (usize, Visited) {
    for answered in 0..5 * BURST {
        let answer = portal
            .visitor()
            .get_with("localhost", "/van-ban", headers)
            .await;
        if answer.status() != 200 {
            return (answered, answer);
        }
    }
    panic!("a flood is answered for ever");
}

#[tokio::test]
async fn a_caller_who_asks_too_often_is_told_when_to_come_back() {
    let portal = TestPortal::demo_with(|it| it.client_requests_per_second = PER_SECOND).await;
    let (answered, refused) = flood(&portal, &[]).await;
    assert!(answered >= BURST, "{answered}");
    let refused = refused.assert_status(429);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(refused.answer().header("etag"), None);
    assert!(
        refused
            .header("content-security-policy")
            .contains("default-src")
    );
    let refused = refused
        .assert_contains("Quá nhiều yêu cầu cùng lúc")
        .assert_contains("Cổng Thông tin điện tử huyện Yên Thế");
    assert_eq!(refused.header("x-request-id").len(), 36);
    // A program is told in its own words.
    let program = portal.visitor().get("localhost", "/api/v1/sites").await;
    let program = program.assert_status(429);
    assert_eq!(program.header("content-type"), "application/problem+json");
    assert_eq!(program.header("retry-after"), "1");
    assert_eq!(program.json()["type"], "urn:dinh:problem:too-many-requests");
    // A machine that looks whether the portal lives is not counted, nor is the style of a page.
    for _ in 0..2 * BURST {
        portal
            .visitor()
            .get("localhost", "/healthz")
            .await
            .assert_status(200);
    }
    let ready = portal.visitor().get("localhost", "/readyz").await;
    ready.assert_lacks("\"refused_rate\":0");
}

#[tokio::test]
async fn callers_behind_a_trusted_proxy_are_told_apart_and_others_are_not_believed() {
    let portal = TestPortal::demo_with(|it| {
        it.client_requests_per_second = PER_SECOND;
        it.trusted_proxies = vec![Ipv4Addr::LOCALHOST.into()];
    })
    .await;
    let from = |address| [("X-Forwarded-For", address)];
    flood(&portal, &from("198.51.100.7"))
        .await
        .1
        .assert_status(429);
    let other = from("198.51.100.8");
    let other = portal.visitor().get_with("localhost", "/van-ban", &other);
    other.await.assert_status(200);
    // What the caller claims to be lies before what the proxy saw.
    let claimed = from("203.0.113.1, 198.51.100.7");
    let claimed = portal.visitor().get_with("localhost", "/van-ban", &claimed);
    claimed.await.assert_status(429);
    // One network of IPv6 is one caller.
    flood(&portal, &from("2001:db8::1"))
        .await
        .1
        .assert_status(429);
    let same = from("2001:db8::2");
    let same = portal.visitor().get_with("localhost", "/van-ban", &same);
    same.await.assert_status(429);

    let portal = TestPortal::demo_with(|it| it.client_requests_per_second = PER_SECOND).await;
    flood(&portal, &from("198.51.100.7"))
        .await
        .1
        .assert_status(429);
    let claimed = from("198.51.100.9");
    let claimed = portal.visitor().get_with("localhost", "/van-ban", &claimed);
    claimed.await.assert_status(429);
}
