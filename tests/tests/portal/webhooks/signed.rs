//! What is signed is taken once, and what it leads to is one transaction.

use serde_json::Value;

use super::sender::{HOST, PAID, RAW, SECRET, SITE, Sender, signed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signed_delivery_is_taken_once_and_the_job_that_it_enqueued_is_done() {
    let sender = Sender::new().await;
    let body = r#"{"đồng":  50000}"#;
    let taken = sender.pay(body, "d-1").await.assert_status(202);
    assert_eq!(taken.text(), "booked soon");
    assert_eq!(taken.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(taken.header("cache-control"), "no-store");
    for unwanted in ["set-cookie", "access-control-allow-origin", "etag"] {
        assert_eq!(taken.answer().header(unwanted), None, "{unwanted}");
    }
    assert_eq!(sender.value("paid").await, "1");
    assert_eq!(sender.portal.portal().work_off_jobs().await.unwrap(), 1);
    assert_eq!(sender.value("booked").await, r#"{"đồng":50000}"#);
    // Sent again, as senders do that did not hear the answer.
    let again = sender.pay(body, "d-1").await.assert_status(200);
    assert_eq!(again.text(), "taken before");
    assert_eq!(sender.value("paid").await, "1");
    assert_eq!(sender.jobs().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_delivery_that_comes_many_times_at_once_is_taken_once() {
    let sender = Sender::new().await;
    let pay = || sender.pay("7", "same");
    let (a, b, c, d, e, f) = tokio::join!(pay(), pay(), pay(), pay(), pay(), pay());
    let answers = [a, b, c, d, e, f];
    let taken = answers.iter().filter(|it| it.status() == 202).count();
    assert_eq!(taken, 1);
    // The others heard that it was taken, or are to send it again.
    let known = answers
        .iter()
        .all(|it| [200, 202, 503].contains(&it.status()));
    assert!(known, "{answers:?}");
    assert_eq!(sender.value("paid").await, "1");
    assert_eq!(sender.jobs().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_signed_by_the_secret_is_refused_and_leaves_nothing() {
    let sender = Sender::new().await;
    let body = b"5";
    let good = signed(SECRET, "d-1", body);
    let other_key = signed("another", "d-1", body);
    let other_body = signed(SECRET, "d-1", b"6");
    // What was caught on its way and is sent again under another id.
    let other_id = signed(SECRET, "d-0", body);
    for signature in [
        other_key.as_str(),
        &other_body,
        &other_id,
        "sha256=",
        "",
        &good[..70],
    ] {
        let headers = [("X-Signature", signature), ("X-Delivery", "d-1")];
        let refused = sender.send(PAID, body, &headers).await.assert_status(401);
        assert_eq!(refused.text(), "the signature is not ours");
    }
    // None, and two of which one is right.
    let unsigned = [("X-Delivery", "d-1")];
    sender.send(PAID, body, &unsigned).await.assert_status(401);
    let twice = [
        ("X-Delivery", "d-1"),
        ("X-Signature", good.as_str()),
        ("X-Signature", &other_key),
    ];
    sender.send(PAID, body, &twice).await.assert_status(401);
    let unnamed = [("X-Signature", good.as_str())];
    sender.send(PAID, body, &unnamed).await.assert_status(400);
    // A body that is signed and wrong: what was written before it was found out is not kept.
    sender.pay("five", "d-2").await.assert_status(422);
    assert_eq!(sender.value("seen/d-2").await, Value::Null);
    assert_eq!(sender.value("paid").await, Value::Null);
    assert_eq!(sender.jobs().await, 0);
    sender.pay("5", "d-2").await.assert_status(202);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_body_arrives_byte_for_byte_with_the_declared_headers_alone() {
    let sender = Sender::new().await;
    let body = b"\xff\xfe\x00a\r\n\r\n%C3 \xc3\x28 +&=\n";
    let headers = [
        ("Content-Type", "application/octet-stream"),
        ("X-Many", "one"),
        ("X-Many", "two"),
        ("Authorization", "Bearer t"),
        ("Cookie", "phien=secret"),
        ("X-Forwarded-For", "10.1.2.3"),
        ("X-Other", "no"),
    ];
    let taken = sender.send(RAW, body, &headers).await.assert_status(200);
    assert_eq!(taken.text(), "");
    let hex: String = body.iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(sender.value("raw").await, hex);
    let given = sender.value("raw/headers").await;
    let given = given.as_str().unwrap();
    assert_eq!(
        given,
        r#"[["content-type","application/octet-stream"],["x-many","one"],["x-many","two"],["authorization","Bearer t"]]"#
    );
    assert_eq!(sender.value("raw/site").await, SITE);
    // In parts, and none at all.
    let chunked = format!(
        "POST {RAW} HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n\r\n\r\n3\r\na\0b\r\n0"
    );
    let answer = sender.portal.raw(chunked.as_bytes()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(sender.value("raw").await, "0d0a610062");
    sender.send(RAW, b"", &[]).await.assert_status(200);
    assert_eq!(sender.value("raw/bytes").await, "0");
}
