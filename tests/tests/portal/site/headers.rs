//! What every answer carries, and what no page may.

use dinh_tests::{TestPortal, Visited};

fn assert_dressed(answer: &Visited) {
    let at = answer.what();
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{at}");
    assert_eq!(
        answer.header("referrer-policy"),
        "strict-origin-when-cross-origin",
        "{at}"
    );
    assert_eq!(
        answer.header("cross-origin-opener-policy"),
        "same-origin",
        "{at}"
    );
    assert!(
        answer.header("permissions-policy").contains("camera=()"),
        "{at}"
    );
    assert_eq!(answer.header("x-request-id").len(), 36, "{at}");
    assert_eq!(answer.answer().header("set-cookie"), None, "{at}");
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{at}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{at}: {policy}");
    assert!(
        !policy.contains("unsafe") && !policy.contains("script-src"),
        "{at}: {policy}"
    );
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_security_headers() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let document = visitor.document("localhost", "06/2014/QĐ-UBND").await;
    let file = document
        .page()
        .links()
        .into_iter()
        .find(|link| link.address.starts_with("/tep/"));
    let home = visitor.get("localhost", "/").await;
    let style = home
        .page()
        .between("<link rel=\"stylesheet\" href=\"", "\"")
        .first()
        .unwrap()
        .to_string();
    assert_dressed(&document);
    let asked = [
        ("localhost", "/", 200),
        ("localhost", "/van-ban", 200),
        ("localhost", "/tim-kiem?q=a", 200),
        ("localhost", "/van-ban/thay-the", 200),
        ("localhost", file.as_ref().unwrap().address.as_str(), 200),
        ("localhost", style.as_str(), 200),
        ("localhost", "/robots.txt", 200),
        ("localhost", "/healthz", 200),
        ("localhost", "/khong-co", 404),
        ("localhost", "/van-ban?page=999", 404),
        ("localhost", "/%zz", 400),
        ("localhost", "/van-ban/", 301),
        ("yenthe.localhost", "/", 301),
        ("no-such.example", "/", 404),
        ("-bad-", "/", 400),
    ];
    for (host, path, status) in asked {
        assert_dressed(&visitor.get(host, path).await.assert_status(status));
    }
    assert_dressed(
        &visitor
            .ask("POST", "localhost", "/", &[])
            .await
            .assert_status(405),
    );
}

#[tokio::test]
async fn no_page_has_a_script_a_style_of_its_own_or_an_address_elsewhere() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let mut pages = vec![visitor.document("localhost", "01/2014/QĐ-UBND").await];
    for path in [
        "/",
        "/van-ban?kind=quyet-dinh",
        "/tim-kiem?q=r%C3%A1c",
        "/so-do-cong",
        "/van-ban/thay-the?nam=2020",
        "/khong-co",
        "/%zz",
    ] {
        pages.push(visitor.get("localhost", path).await);
    }
    pages.push(visitor.get("no-such.example", "/").await);
    for page in pages {
        let at = page.what().to_owned();
        let html = page.page().html().to_lowercase();
        let scripts = html.matches("<script").count();
        assert_eq!(
            scripts,
            html.matches("<script type=\"application/ld+json\">")
                .count(),
            "{at}"
        );
        assert!(
            !html.contains("<style") && !html.contains(" style="),
            "{at}"
        );
        assert!(!html.contains("javascript:"), "{at}");
        for handler in [
            " onclick=",
            " onload=",
            " onerror=",
            " onsubmit=",
            " onchange=",
        ] {
            assert!(!html.contains(handler), "{at}: {handler}");
        }
        for source in page.page().between(" src=\"", "\"") {
            assert!(source.starts_with('/'), "{at}: {source}");
        }
        assert!(html.contains("<html lang=\"vi\">"), "{at}");
    }
}

#[tokio::test]
async fn what_is_not_to_be_found_by_others_says_so() {
    let portal = TestPortal::demo().await;
    let robots = "<meta name=\"robots\" content=\"noindex\">";
    let visitor = portal.visitor();
    for path in ["/tim-kiem?q=a", "/van-ban?kind=quyet-dinh", "/khong-co"] {
        visitor.get("localhost", path).await.assert_contains(robots);
    }
    for path in ["/", "/van-ban", "/van-ban?page=2"] {
        visitor
            .get("localhost", path)
            .await
            .assert_status(200)
            .assert_lacks(robots);
    }
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    for path in ["/", "/van-ban", "/khong-co", "/robots.txt"] {
        let get = visitor.get("localhost", path).await;
        let head = visitor
            .ask("HEAD", "localhost", path, &[])
            .await
            .assert_status(get.status());
        assert_eq!(head.answer().body, b"", "{path}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
    }
}
