//! Signing in and out.

use dinh::demo::people::{PASSWORD, PEOPLE};
use dinh_tests::body;

use super::person::{Browser, HOST, HOUR, MINUTE, OWN, SIGN_IN, portal};

#[tokio::test]
async fn everybody_of_the_demo_signs_in_and_out() {
    let server = portal().await;
    for (name, person, _, _) in PEOPLE {
        let mut browser = Browser::at(&server, "192.0.2.1");
        browser.assert_out(browser.get(OWN).await);
        let visited = browser.sign_in(&name.to_uppercase(), PASSWORD).await;
        let visited = visited.assert_status(303).assert_header("location", OWN);
        let visited = visited.assert_header("cache-control", "no-store");
        let set = visited.header("set-cookie");
        assert!(set.starts_with("dinh-session="), "{set}");
        assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{set}");
        let own = browser.get(OWN).await.assert_status(200);
        own.assert_contains(person)
            .assert_header("cache-control", "no-store");
        browser
            .get(SIGN_IN)
            .await
            .assert_status(303)
            .assert_header("location", OWN);
        let out = browser.post("/dang-xuat", &[]).await.assert_status(303);
        assert!(
            out.header("set-cookie")
                .starts_with("dinh-session=; Max-Age=0")
        );
        // The token that somebody kept is worth nothing.
        browser.assert_out(browser.get(OWN).await);
    }
    server
        .visitor()
        .get(HOST, "/dang-xuat")
        .await
        .assert_status(405);
}

#[tokio::test]
async fn every_refusal_reads_the_same() {
    let server = portal().await;
    let told = |visited: dinh_tests::Visited, name: &str| {
        let visited = visited.assert_status(401);
        assert!(visited.answer().header("set-cookie").is_none());
        visited.text().replace(name, "")
    };
    let mut browser = Browser::at(&server, "192.0.2.2");
    let wrong = told(browser.sign_in("can-bo", "sai").await, "can-bo");
    let long = "a".repeat(5_000);
    for (name, password) in [
        ("khong-ai", "sai"),
        ("khong-ai", PASSWORD),
        ("can-bo", ""),
        ("can-bo", long.as_str()),
        ("<b>", "sai"),
    ] {
        let refused = told(browser.sign_in(name, password).await, name);
        let refused = refused.replace("&lt;b&gt;", "");
        assert_eq!(refused, wrong, "{name}");
    }
    // Locked by now, and still the same words for the right password.
    for _ in 0..4 {
        browser.sign_in("can-bo", "sai").await.assert_status(401);
    }
    let locked = told(browser.sign_in("can-bo", PASSWORD).await, "can-bo");
    assert_eq!(locked, wrong);
    super::person::operate(
        &server,
        dinh::user::UserAct::Disable("thu-truong".to_owned()),
    )
    .await
    .unwrap();
    let mut other = Browser::at(&server, "192.0.2.3");
    assert_eq!(
        told(other.sign_in("thu-truong", PASSWORD).await, "thu-truong"),
        wrong
    );
}

#[tokio::test]
async fn a_session_ends_by_the_clock_and_goes_on_with_what_is_done() {
    let server = portal().await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    server.clock().advance(4 * MINUTE);
    head.get(OWN).await.assert_status(200);
    server.clock().advance(5 * MINUTE - 1);
    head.get(OWN).await.assert_status(200);
    server.clock().advance(5 * MINUTE);
    // An administrator after five minutes, others after fifteen.
    head.assert_out(head.get(OWN).await);
    officer.get(OWN).await.assert_status(200);
    server.clock().advance(15 * MINUTE);
    officer.assert_out(officer.get(OWN).await);
    // However busy: twelve hours.
    let busy = Browser::signed_in(&server, "can-bo").await;
    for _ in 0..71 {
        server.clock().advance(10 * MINUTE);
        busy.get(OWN).await.assert_status(200);
    }
    server.clock().advance(10 * MINUTE);
    busy.assert_out(busy.get(OWN).await);
    server.clock().advance(HOUR);
    assert_eq!(server.portal().look_after_people().await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_sent_after_signing_in_again() {
    let server = portal().await;
    let mut browser = Browser::signed_in(&server, "can-bo").await;
    server.clock().advance(HOUR);
    let typed = "Dòng một\r\n<Dòng> \"hai\"";
    let fields = [("y-kien", typed), ("mat-khau", "bí mật"), ("viec", "x")];
    let ended = browser.post(OWN, &fields).await.assert_status(401);
    let ended = ended.assert_header("cache-control", "no-store");
    ended
        .assert_contains("Phiên làm việc đã hết")
        .assert_contains("name=\"giu.y-kien\"")
        .assert_lacks("bí mật");
    let again = [
        ("ten", "can-bo"),
        ("mat-khau", "sai"),
        ("ve", OWN),
        ("giu.y-kien", typed),
    ];
    let refused = browser.post(SIGN_IN, &again).await.assert_status(401);
    refused.assert_contains("name=\"giu.y-kien\"");
    let again = [
        ("ten", "can-bo"),
        ("mat-khau", PASSWORD),
        ("ve", OWN),
        ("giu.y-kien", typed),
    ];
    let visited = browser.post(SIGN_IN, &again).await.assert_status(200);
    browser.take_cookie(&visited);
    let page = visited.text();
    assert!(page.contains("&lt;Dòng&gt; &quot;hai&quot;"), "{page}");
    assert!(
        page.contains("name=\"y-kien\"") && !page.contains("giu."),
        "{page}"
    );
    browser.get(OWN).await.assert_status(200);
}

#[tokio::test]
async fn nobody_is_led_to_another_host() {
    let server = portal().await;
    for back in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "",
    ] {
        let mut browser = Browser::at(&server, "192.0.2.1");
        let fields = [("ten", "can-bo"), ("mat-khau", PASSWORD), ("ve", back)];
        let visited = browser.post(SIGN_IN, &fields).await.assert_status(303);
        browser.take_cookie(&visited);
        visited.assert_header("location", OWN);
        let path = format!("{SIGN_IN}?ve={}", dinh_tests::encoded(back));
        let shown = Browser::at(&server, "192.0.2.1").get(&path).await;
        if shown.status() == 200 {
            shown
                .assert_lacks("evil.example")
                .assert_lacks("javascript:");
        } else {
            assert_eq!(shown.status(), 400, "{back:?}");
        }
    }
    let fields = [
        ("ten", "can-bo"),
        ("mat-khau", PASSWORD),
        ("ve", "/quan-tri/tai-khoan?a=b"),
    ];
    let browser = Browser::at(&server, "192.0.2.1");
    let visited = browser.post(SIGN_IN, &fields).await.assert_status(303);
    visited.assert_header("location", "/quan-tri/tai-khoan?a=b");
}

#[tokio::test]
async fn forged_cookies_and_other_sites_forms_come_to_nothing() {
    let server = portal().await;
    let browser = Browser::signed_in(&server, "can-bo").await;
    let own = browser.cookie.clone();
    let (name, token) = own.split_once('=').unwrap();
    for cookie in [
        format!("{own}; {name}=0000"),
        format!("{name}=0000; {own}"),
        format!("{own}; {own}"),
        format!("{name}="),
        format!("{name}={}", &token[1..]),
        format!("{name}={}", token.to_uppercase()),
        format!("{name}={token}x"),
        format!("__Host-dinh={token}"),
        "\u{1}=;;;==".to_owned(),
        "a".repeat(3_000),
    ] {
        let visited = Browser {
            server: &server,
            address: "192.0.2.1",
            cookie: cookie.clone(),
        };
        let status = visited.get(OWN).await.status();
        assert!(status == 303 || status == 400, "{status}: {cookie}");
    }
    browser.get(OWN).await.assert_status(200);
    let visitor = server.visitor();
    let sent = body(&[("viec", "sign-out-everywhere")]);
    for (header, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Accept", "*/*"),
    ] {
        for path in [OWN, "/dang-xuat", SIGN_IN] {
            let headers = [("Cookie", own.as_str()), (header, value)];
            let visited = visitor.send_with(HOST, path, &sent, &headers).await;
            visited.assert_status(403);
        }
    }
    browser.get(OWN).await.assert_status(200);
}

#[tokio::test]
async fn there_is_one_host_to_sign_in_on() {
    let server = portal().await;
    let visitor = server.visitor();
    let origin = format!("http://localhost:{}", visitor.port());
    for path in [SIGN_IN, OWN, "/loi-moi/x"] {
        let visited = visitor
            .get("dong-son.localhost", path)
            .await
            .assert_status(303);
        visited.assert_header("location", &format!("{origin}{path}"));
    }
    let browser = Browser::signed_in(&server, "can-bo").await;
    let headers = [("Cookie", browser.cookie.as_str())];
    visitor
        .get_with("dong-son.localhost", OWN, &headers)
        .await
        .assert_status(303);
    let fields = [("ten", "can-bo"), ("mat-khau", PASSWORD)];
    for path in [SIGN_IN, "/dang-xuat", OWN] {
        visitor
            .send("dong-son.localhost", path, &fields)
            .await
            .assert_status(404);
    }
}
