//! Requests that make no sense get an answer that does.

use dinh_tests::TestPortal;

#[tokio::test]
async fn an_unknown_path_is_not_found_in_the_theme() {
    let portal = TestPortal::demo().await;
    for path in [
        "/khong-co",
        "/van-ban/khong-co",
        "/van-ban/a/b/c",
        "/.git/config",
        "/wp-login.php",
        "/VAN-BAN",
        "/%E2%80%AE",
    ] {
        let answer = portal
            .visitor()
            .get("localhost", path)
            .await
            .assert_status(404);
        let answer = answer
            .assert_contains("<h1>Không tìm thấy trang</h1>")
            .assert_contains("Mã 404");
        assert_eq!(
            answer.page().link("Sơ đồ trang").address,
            "/so-do-cong",
            "{path}"
        );
        assert!(
            answer
                .page()
                .links()
                .iter()
                .any(|link| link.address == "/van-ban"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_malformed_is_refused_with_the_reason() {
    let portal = TestPortal::demo().await;
    for (path, reason) in [
        ("/%zz", "Địa chỉ có dấu % viết không đúng"),
        ("/van-ban%", "Địa chỉ có dấu % viết không đúng"),
        ("/van-ban?q=%", "Địa chỉ có dấu % viết không đúng"),
        ("/van-ban?q=%e1%bb", "UTF-8"),
        ("/%ff%fe", "UTF-8"),
        ("/tim-kiem?q=quy%CA%CFt", "UTF-8"),
        ("/%00", "ký tự điều khiển"),
        ("/van-ban?q=a%0d%0aSet-Cookie:%20x=1", "ký tự điều khiển"),
        ("/van-ban%07", "ký tự điều khiển"),
    ] {
        let answer = portal
            .visitor()
            .get("localhost", path)
            .await
            .assert_status(400);
        let answer = answer.assert_contains(reason).assert_contains("Mã 400");
        assert!(answer.answer().header("set-cookie").is_none(), "{path}");
    }
}

#[tokio::test]
async fn an_address_longer_than_any_of_ours_is_refused_with_the_limit() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let path = format!("/{}", "a".repeat(3_000));
    visitor
        .get("localhost", &path)
        .await
        .assert_status(414)
        .assert_contains("dài quá 2 KB");
    let query = format!("/van-ban?q={}", "a".repeat(5_000));
    visitor
        .get("localhost", &query)
        .await
        .assert_status(414)
        .assert_contains("dài quá 4 KB");
    let many = format!("/van-ban?{}", "a=1&".repeat(200));
    visitor
        .get("localhost", &many)
        .await
        .assert_status(400)
        .assert_contains("hơn 100 điều kiện");
    let fits = format!("/van-ban?q={}", "%E1%BB%87".repeat(200));
    visitor.get("localhost", &fits).await.assert_status(200);
}

#[tokio::test]
async fn methods_that_change_things_are_not_allowed() {
    let portal = TestPortal::demo().await;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
        for path in ["/", "/van-ban", "/khong-co"] {
            let answer = portal
                .visitor()
                .ask(method, "localhost", path, &[])
                .await
                .assert_status(405);
            assert_eq!(answer.header("allow"), "GET, HEAD", "{method} {path}");
        }
    }
    let body = "POST /tim-kiem HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3";
    assert_eq!(portal.raw(body.as_bytes()).await.status, 405);
}

#[tokio::test]
async fn what_is_no_http_gets_a_refusal_and_others_go_on() {
    let portal = TestPortal::demo().await;
    let control = portal.raw(b"GET /\x01 HTTP/1.1\r\nHost: localhost").await;
    assert_eq!(control.status, 400);
    let long = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}",
        "a".repeat(200_000)
    );
    let refused = portal.raw(long.as_bytes()).await.status;
    assert!([400, 431].contains(&refused), "{refused}");
    portal
        .visitor()
        .get("localhost", "/")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn a_query_of_odd_shape_is_read_as_far_as_it_makes_sense() {
    let portal = TestPortal::demo().await;
    for path in [
        "/van-ban?",
        "/van-ban?&&&",
        "/van-ban?=",
        "/van-ban?kind",
        "/van-ban?kind=",
        "/van-ban?a=b=c&kind=",
    ] {
        let answer = portal
            .visitor()
            .get("localhost", path)
            .await
            .assert_status(200);
        assert_eq!(answer.page().total(), 40, "{path}");
    }
    let plus = portal
        .visitor()
        .get("localhost", "/van-ban?fields=L%C3%A2m+nghi%E1%BB%87p")
        .await;
    assert_eq!(plus.assert_status(200).page().total(), 3);
}
