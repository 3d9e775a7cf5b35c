//! Where, how much and how often something may be sent; and that other addresses are guarded as before.

use dinh_tests::RECEIVER;

use super::sender::{EVIL, HOST, OTHER_HOST, PAID, RAW, SECRET, SITE, Sender, signed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_declared_address_of_an_enabled_plugin_takes_anything_and_only_by_post() {
    let sender = Sender::new().await;
    for path in [
        "/moc/receiver/nothing",
        "/moc/receiver",
        "/moc/receiver/",
        "/moc/receiver/tho/",
        "/moc/receiver/tho/x",
        "/moc/receiver/../receiver/tho/",
        "/moc/RECEIVER/tho",
        "/moc/receiver/t%68o",
        "/moc/nobody/tho",
        "/moc//tho",
        "/moc/nhan/tho",
    ] {
        sender.send(path, b"x", &[]).await.assert_status(404);
    }
    let elsewhere = sender.send_to(OTHER_HOST, RAW, b"x", &[]).await;
    elsewhere.assert_status(404);
    // Another name of a site keeps the method.
    let moved = sender.send_to("yenthe.localhost", RAW, b"x", &[]).await;
    let moved = moved.assert_status(308);
    let there = moved.header("location");
    assert!(
        there.ends_with(RAW) && there.contains("//localhost"),
        "{there}"
    );
    let nowhere = sender.send_to("nowhere.example", RAW, b"x", &[]).await;
    nowhere.assert_status(404);
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let visitor = sender.portal.visitor();
        let refused = visitor.ask(method, HOST, RAW, &[]).await;
        let refused = refused.assert_status(405);
        assert_eq!(refused.header("allow"), "POST", "{method}");
        let unknown = visitor.ask(method, HOST, "/moc/receiver/x", &[]).await;
        unknown.assert_status(404);
    }
    sender.enable(false).await;
    sender.send(RAW, b"x", &[]).await.assert_status(404);
    sender.enable(true).await;
    sender.send(RAW, b"x", &[]).await.assert_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_sites_pages_may_send_there_and_nowhere_else() {
    let sender = Sender::new().await;
    let foreign = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://elsewhere.example"),
    ];
    sender.send(RAW, b"x", &foreign).await.assert_status(200);
    for path in ["/nhan/gui", "/dang-nhap", "/dang-xuat"] {
        let visitor = sender.portal.visitor();
        let refused = visitor.send_with(HOST, path, "words=x", &foreign).await;
        refused.assert_status(403);
    }
    // No way around by what a path looks like.
    for path in [
        "/moc/../nhan/gui",
        "//moc/receiver/tho",
        "/moc",
        "/nhan/moc/receiver/tho",
    ] {
        let visitor = sender.portal.visitor();
        let refused = visitor.send_with(HOST, path, "words=x", &foreign).await;
        assert!(
            [404, 405].contains(&refused.status()),
            "{path}: {}",
            refused.status()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_too_long_is_refused_before_it_is_read_and_while_it_is() {
    let sender = Sender::new().await;
    sender.send(EVIL, &[b'x'; 16], &[]).await.assert_status(503);
    let refused = sender.send(EVIL, &[b'x'; 17], &[]).await;
    let refused = refused.assert_status(413);
    assert_eq!(refused.text(), "the body has more than 16 bytes\n");
    // It is told without a byte of the body.
    for length in ["17", "99999999999", "18446744073709551616"] {
        let head = format!("POST {EVIL} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {length}");
        let answer = sender.portal.raw(head.as_bytes()).await;
        assert!([400, 413].contains(&answer.status), "{length}: {answer:?}");
    }
    let chunked = format!(
        "POST {EVIL} HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n20\r\n{}\r\n0",
        "x".repeat(32)
    );
    let answer = sender.portal.raw(chunked.as_bytes()).await;
    assert_eq!(answer.status, 413, "{answer:?}");
    let most = vec![7; 256 << 10];
    sender.send(RAW, &most, &[]).await.assert_status(200);
    assert_eq!(sender.value("raw/bytes").await, "262144");
    let more = vec![7; (256 << 10) + 1];
    sender.send(RAW, &more, &[]).await.assert_status(413);
    for odd in ["-1", "1x", "1, 2"] {
        let head = format!("POST {RAW} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {odd}");
        let answer = sender.portal.raw(head.as_bytes()).await;
        assert!([400, 413].contains(&answer.status), "{odd}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_a_webhook_may_be_sent_in_a_minute_is_told_when_to_come_again() {
    let sender = Sender::new().await;
    for _ in 0..30 {
        sender.send(RAW, b"x", &[]).await.assert_status(200);
    }
    let refused = sender.send(RAW, b"late", &[]).await.assert_status(429);
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds}");
    assert_eq!(sender.value("raw").await, "78");
    // Other webhooks, and people's forms, have minutes of their own.
    sender.pay("1", "d").await.assert_status(202);
    let form = sender
        .portal
        .visitor()
        .send(HOST, "/nhan/gui", &[("words", "x")]);
    form.await.assert_status(303);
    let lines = sender.portal.portal().plugin_lines().await.unwrap();
    let own = lines.iter().find(|it| it.plugin == RECEIVER).unwrap();
    assert_eq!(own.webhooks.len(), 3);
    assert!(
        own.webhooks.iter().any(|it| it == RAW),
        "{:?}",
        own.webhooks
    );
    let refusals: Vec<&str> = own.refusals.iter().map(|it| it.limit.as_str()).collect();
    assert_eq!(
        refusals,
        ["more deliveries a minute than its webhook declares"]
    );
    sender.portal.clock().advance(60_000);
    sender.send(RAW, b"x", &[]).await.assert_status(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_plugin_is_parked_or_its_site_suspended_the_sender_is_to_come_again() {
    let sender = Sender::new().await;
    let portal = sender.portal.portal();
    portal.park(RECEIVER, Some("test")).await.unwrap();
    let refused = sender.pay("1", "d").await.assert_status(503);
    assert_eq!(refused.header("retry-after"), "120");
    portal.park(RECEIVER, None).await.unwrap();
    sender
        .portal
        .change_site(SITE, |site| {
            site.state = dinh_domain::site::SiteState::Suspended
        })
        .await;
    let refused = sender.pay("1", "d").await.assert_status(503);
    assert_eq!(refused.header("retry-after"), "120");
    sender
        .portal
        .change_site(SITE, |site| site.state = dinh_domain::site::SiteState::Live)
        .await;
    sender.pay("1", "d").await.assert_status(202);
    sender.portal.lose_database().await;
    let refused = sender.pay("1", "e").await.assert_status(503);
    assert!(
        refused.text().contains("send it again later"),
        "{}",
        refused.text()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_that_are_too_long_or_no_text_are_refused_with_words() {
    let sender = Sender::new().await;
    let long = "l".repeat(9_000);
    let refused = sender.send(RAW, b"x", &[("X-Many", &long)]).await;
    refused.assert_status(431);
    let odd = sender.send(RAW, b"x", &[("X-Many", "é")]).await;
    odd.assert_status(400);
    let signature = signed(SECRET, "d", b"1");
    let undeclared = [
        ("X-Signature", signature.as_str()),
        ("X-Delivery", "d"),
        ("X-Odd", "é"),
    ];
    sender
        .send(PAID, b"1", &undeclared)
        .await
        .assert_status(202);
}
