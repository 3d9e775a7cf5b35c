//! The database is away: what was right when it went is still given, for a while, and says so.

use dinh_tests::{Document, TestPortal};

const STALE_MS: i64 = 6_000;

#[tokio::test]
async fn what_was_kept_is_given_for_a_while_and_says_that_it_is_not_confirmed() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let page = visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let filtered = "/van-ban?kind=quyet-dinh&fbclid=1";
    visitor.get("localhost", filtered).await.assert_status(200);
    portal.lose_database().await;
    let fresh = visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    assert_eq!(fresh.header("cache-status"), "dinh; hit");
    assert_eq!(fresh.answer().header("age"), None);
    portal.clock().advance(STALE_MS);
    let stale = visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    assert_eq!(stale.answer().body, page.answer().body);
    assert_eq!(stale.header("age"), "6");
    assert_eq!(
        stale.header("cache-status"),
        "dinh; hit; ttl=-6; detail=unconfirmed"
    );
    let turned = "/van-ban?fbclid=2&kind=quyet-dinh";
    let filtered = visitor.get("localhost", turned).await.assert_status(200);
    assert_eq!(filtered.header("age"), "6");
    // What was not kept cannot be answered.
    visitor.get("localhost", "/").await.assert_status(503);
    let ready = visitor.get("localhost", "/readyz").await.assert_status(503);
    ready.assert_contains("\"stale\":2");
    // After a quarter of an hour nobody vouches for it.
    portal.clock().advance(15 * 60 * 1_000);
    let late = visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(503);
    assert!(late.header("retry-after").parse::<u32>().is_ok());
}

#[tokio::test]
async fn midnight_ends_it_too() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    portal.clock().advance(12 * 60 * 60 * 1_000 - STALE_MS);
    // Looked at again just before.
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    portal.lose_database().await;
    portal.clock().advance(STALE_MS - 1);
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    portal.clock().advance(1);
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(503);
}

#[tokio::test]
async fn what_is_known_to_have_changed_is_never_given() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    portal.post(Document::new("94/2026/QĐ-UBND")).await;
    let page = visitor.document("localhost", "94/2026/QĐ-UBND").await;
    let path = page.page().canonical_path();
    visitor.get("localhost", &path).await.assert_status(200);
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let entry = portal.entry_id("yen-the", &path).await;
    let withdrawn = portal.portal().withdraw("test", &entry, "Đăng nhầm", None);
    withdrawn.await.unwrap();
    portal.lose_database().await;
    for elapsed in [0, STALE_MS] {
        portal.clock().advance(elapsed);
        visitor.get("localhost", &path).await.assert_status(503);
        visitor
            .get("localhost", "/van-ban")
            .await
            .assert_status(503);
    }
}

#[tokio::test]
async fn what_may_have_changed_is_not_given_either() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    portal.post(Document::new("93/2026/QĐ-UBND")).await;
    let page = visitor.document("localhost", "93/2026/QĐ-UBND").await;
    let path = page.page().canonical_path();
    visitor.get("localhost", &path).await.assert_status(200);
    // Committed past the use cases, and nobody has followed the log since.
    portal.move_slug("yen-the", &path, "so-93").await;
    portal.lose_database().await;
    visitor.get("localhost", &path).await.assert_status(503);
}
