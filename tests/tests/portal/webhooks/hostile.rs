//! Code that takes deliveries badly: the sender is told to come again, nothing of it is kept, the operator is told
//! which plugin it was, and others go on.

use std::time::{Duration, Instant};

use dinh_portal::ActLine;
use dinh_tests::RECEIVER;
use serde_json::Value;

use crate::hostile::report::{self, Row};

use super::sender::{EVIL, HOST, SITE, Sender};

/// What each kind is told to do, and what the operator is told of it.
const KINDS: [(&str, &str); 8] = [
    ("trap", "in the middle of a delivery"),
    ("loop", "CPU"),
    ("memory", "memory"),
    ("calls", "64"),
    ("oversized", "a sender is told at most 1024 bytes"),
    ("giant", ""),
    ("status", "status 302 is none of"),
    ("fault", "it did not go well"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_is_stopped_leaves_nothing_and_is_named() {
    for (does, told) in KINDS {
        let sender = Sender::new().await;
        let began = Instant::now();
        let answer = sender.send(EVIL, does.as_bytes(), &[]).await;
        let answer = answer.assert_status(503);
        let took = began.elapsed();
        assert_eq!(answer.header("retry-after"), "30", "{does}");
        assert_eq!(answer.text(), "it was not taken: send it again later\n");
        assert_eq!(sender.value("ruined").await, Value::Null, "{does}");
        let lines = sender.portal.portal().plugin_lines().await.unwrap();
        let own = lines.iter().find(|it| it.plugin == RECEIVER).unwrap();
        let export = own.exports.iter().find(|it| it.export == "webhooks");
        assert_eq!(export.unwrap().failures, 1, "{does}");
        let [breaker] = own.breakers.as_slice() else {
            panic!("{does}: {:?}", own.breakers);
        };
        assert_eq!(
            (breaker.site.as_str(), breaker.export.as_str()),
            (SITE, "webhooks")
        );
        assert!(
            breaker.last_failure.contains(told),
            "{does}: {}",
            breaker.last_failure
        );
        let row = Row {
            did: format!("{does} after a write"),
            ended: breaker.last_failure.clone(),
            took,
            felt: None,
        };
        report::add(does, "webhook", row);
        // The next good one is taken.
        sender.pay("1", "d").await.assert_status(202);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_fails_again_and_again_is_parked_in_the_audit_and_its_pages_go_on() {
    let sender = Sender::new().await;
    for _ in 0..3 {
        sender.send(EVIL, b"trap", &[]).await.assert_status(503);
    }
    // The export is closed on this site; the sender is told when it is tried again.
    let refused = sender.pay("1", "d").await.assert_status(503);
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&seconds), "{seconds}");
    let page = sender.portal.visitor().get(HOST, "/nhan/da-nhan").await;
    page.assert_status(200);
    for _ in 0..3 {
        sender.portal.clock().advance(30_000);
        sender.send(EVIL, b"trap", &[]).await.assert_status(503);
    }
    let refused = sender.pay("2", "e").await.assert_status(503);
    assert_eq!(refused.header("retry-after"), "120", "parked");
    let parked = parked_in_the_audit(&sender).await;
    assert_eq!(
        (parked.subject.as_str(), parked.site.as_deref()),
        (RECEIVER, Some(SITE))
    );
    sender.portal.portal().park(RECEIVER, None).await.unwrap();
    sender.pay("2", "e").await.assert_status(202);
}

/// What the portal records while it keeps up.
async fn parked_in_the_audit(sender: &Sender) -> ActLine {
    let portal = sender.portal.portal().clone();
    let keeping = tokio::spawn({
        let portal = portal.clone();
        async move { portal.keep_up().await }
    });
    let began = Instant::now();
    loop {
        let acts = portal.acts(0, 10_000).await.unwrap();
        if let Some(act) = acts.into_iter().find(|it| it.act == "plugin-parked") {
            keeping.abort();
            return act;
        }
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "it is not in the audit"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plugins_own_words_for_the_sender_are_plain_text() {
    let sender = Sender::new().await;
    let refused = sender.send(EVIL, b"refuse", &[]).await.assert_status(409);
    assert_eq!(refused.text(), "<script>alert(1)</script>");
    assert_eq!(refused.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(refused.header("x-content-type-options"), "nosniff");
    assert_eq!(sender.value("ruined").await, Value::Null);
    let later = sender.send(EVIL, b"not now", &[]).await.assert_status(503);
    assert_eq!(later.text(), "not now");
    assert_eq!(later.header("retry-after"), "120");
}
