//! The host name chooses the site; what is none gets an answer too.

use dinh_tests::TestPortal;

#[tokio::test]
async fn a_host_that_is_no_site_is_not_found_in_words() {
    let portal = TestPortal::demo().await;
    for host in [
        "no-such.example",
        "127.0.0.1",
        "[::1]:8080",
        "xn--bcher-kva.example",
        "yen-the.localhost",
    ] {
        let answer = portal
            .visitor()
            .get(host, "/van-ban")
            .await
            .assert_status(404);
        answer
            .assert_contains("Không có cổng nào ở tên miền này")
            .assert_lacks("Yên Thế");
    }
}

#[tokio::test]
async fn case_port_and_final_dot_of_a_host_do_not_matter() {
    let portal = TestPortal::demo().await;
    for host in [
        "LocalHost",
        "localhost:8080",
        "localhost.",
        "localhost:",
        "DONG-SON.localhost:80",
    ] {
        portal.visitor().get(host, "/").await.assert_status(200);
    }
}

#[tokio::test]
async fn a_host_that_cannot_exist_is_refused() {
    let portal = TestPortal::demo().await;
    let long = format!("{}.localhost", "a".repeat(64));
    for host in [
        "-bad-",
        "a..b",
        "a b",
        "localhost:99999",
        "localhost:8a",
        "<script>",
        "../x",
        long.as_str(),
        "[::1",
    ] {
        let answer = portal
            .raw(format!("GET / HTTP/1.1\r\nHost: {host}").as_bytes())
            .await;
        assert_eq!(answer.status, 400, "{host}");
        assert!(!answer.text().contains("<script>"), "{host}");
    }
}

#[tokio::test]
async fn a_request_with_no_host_or_two_is_refused() {
    let portal = TestPortal::demo().await;
    for request in [
        "GET / HTTP/1.1\r\nAccept: */*",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: dong-son.localhost",
        "GET / HTTP/1.1\r\nHost: ",
    ] {
        assert_eq!(
            portal.raw(request.as_bytes()).await.status,
            400,
            "{request}"
        );
    }
}

#[tokio::test]
async fn forwarded_headers_of_a_stranger_are_not_believed() {
    let portal = TestPortal::demo().await;
    let headers = [
        ("X-Forwarded-Host", "dong-son.localhost"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "host=dong-son.localhost"),
    ];
    let home = portal
        .visitor()
        .get_with("localhost", "/", &headers)
        .await
        .assert_status(200);
    home.assert_contains("huyện Yên Thế</title>")
        .assert_lacks("https://localhost");
}
