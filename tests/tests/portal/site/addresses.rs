//! One page has one address.

use dinh_tests::TestPortal;

#[tokio::test]
async fn an_alias_host_leads_to_the_canonical_one_with_path_and_query() {
    let portal = TestPortal::demo().await;
    let asked = "/van-ban/06-2014?ngay=2014-10-03&q=quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh";
    let answer = portal
        .visitor()
        .get("yenthe.localhost", asked)
        .await
        .assert_status(301);
    let port = portal.visitor().port();
    assert_eq!(
        answer.header("location"),
        format!("http://localhost:{port}{asked}")
    );
    let home = portal
        .visitor()
        .get("YENTHE.localhost:80", "/")
        .await
        .assert_status(301);
    assert_eq!(home.header("location"), format!("http://localhost:{port}/"));
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_address_without_it() {
    let portal = TestPortal::demo().await;
    for (asked, there) in [
        ("/van-ban/", "/van-ban"),
        ("/tim-kiem/?q=a", "/tim-kiem?q=a"),
        ("/so-do-cong/", "/so-do-cong"),
    ] {
        let answer = portal
            .visitor()
            .get("localhost", asked)
            .await
            .assert_status(301);
        assert_eq!(answer.header("location"), there);
    }
    for odd in ["//", "/van-ban//x", "/./van-ban", "/van-ban/../van-ban"] {
        portal
            .visitor()
            .get("localhost", odd)
            .await
            .assert_status(404);
    }
}

#[tokio::test]
async fn every_page_names_its_canonical_address() {
    let portal = TestPortal::demo().await;
    let port = portal.visitor().port();
    for (asked, canonical) in [
        ("/", "/"),
        ("/?fbclid=1", "/"),
        ("/van-ban?fbclid=IwAR0", "/van-ban"),
        ("/van-ban?page=2&utm_source=zalo", "/van-ban?page=2"),
        ("/so-do-cong?x=1", "/so-do-cong"),
    ] {
        let link = format!("<link rel=\"canonical\" href=\"http://localhost:{port}{canonical}\">");
        portal
            .visitor()
            .get("localhost", asked)
            .await
            .assert_status(200)
            .assert_contains(&link);
    }
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let portal = TestPortal::demo().await;
    let first = portal
        .visitor()
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let tag = first.header("etag").to_owned();
    let headers = [("If-None-Match", tag.as_str())];
    let again = portal
        .visitor()
        .get_with("localhost", "/van-ban", &headers)
        .await
        .assert_status(304);
    assert_eq!(again.answer().body, b"");
    let other = portal
        .visitor()
        .get_with("localhost", "/van-ban?page=2", &headers)
        .await;
    other.assert_status(200);
}

#[tokio::test]
async fn robots_security_contact_and_probes_answer() {
    let portal = TestPortal::demo().await;
    let robots = portal
        .visitor()
        .get("localhost", "/robots.txt")
        .await
        .assert_status(200);
    robots.assert_contains("User-agent");
    let contact = portal
        .visitor()
        .get("localhost", "/.well-known/security.txt")
        .await;
    contact
        .assert_status(200)
        .assert_contains("Contact:")
        .assert_contains("Expires:");
    portal
        .visitor()
        .get("no-such.example", "/healthz")
        .await
        .assert_status(200);
    let ready = portal
        .visitor()
        .get("localhost", "/readyz")
        .await
        .assert_status(200);
    ready.assert_contains("\"database_answers\"");
}
