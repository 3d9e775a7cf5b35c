//! Plugins that write: what a call that ended badly wrote is nowhere, and too much is refused.

use std::time::{Duration, Instant};

use dinh_tests::{OTHER_LEDGER, Visitor};

use crate::form::desk::{Desk, FORM, HOST, OTHER_HOST, SITE};
use crate::hostile::report::{self, Row};
use crate::program::running::free_address;

/// Longest wait for a line of the log.
const PATIENCE: Duration = Duration::from_secs(10);

async fn logged(desk: &Desk, why: &str) -> String {
    let began = Instant::now();
    loop {
        let log = desk.server.log();
        let line = log.lines().find(|line| line.contains(why));
        if let Some(line) = line {
            return line.to_owned();
        }
        assert!(began.elapsed() < PATIENCE, "no “{why}” in {log}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn note(guest: &'static str, did: &str, ended: &str, took: Duration) {
    let (did, ended) = (did.to_owned(), ended.to_owned());
    let felt = None;
    let row = Row {
        did,
        ended,
        took,
        felt,
    };
    report::add(guest, "form", row);
}

#[tokio::test]
async fn nothing_of_a_call_that_ended_badly_is_kept() {
    let desk = Desk::open().await;
    desk.send("Gà").await.assert_status(200);
    for (subject, status, why) in [
        ("trap", 503, "trapped"),
        ("loop", 503, "CPU budget"),
        ("many", 503, "more than 64 host calls"),
        ("fault", 422, ""),
    ] {
        let began = Instant::now();
        let page = desk.send_to(HOST, FORM, subject, "chữ của tôi").await;
        let took = began.elapsed();
        page.assert_status(status).assert_contains("chữ của tôi");
        desk.assert_count(HOST, FORM, 1).await;
        if !why.is_empty() {
            assert!(logged(&desk, why).await.contains("ledger"), "{subject}");
        }
        note("08-write", subject, "nothing kept", took);
        // The breaker opens at three in a minute; the operator lets it run again.
        desk.run(&["plugin", "unpark", "ledger"]).assert_code(0);
    }
    desk.send("Gà")
        .await
        .assert_status(200)
        .assert_contains("; 2");
    desk.assert_count(OTHER_HOST, FORM, 0).await;
}

#[tokio::test]
async fn a_page_may_not_write_and_a_form_may_not_write_what_is_too_large() {
    let desk = Desk::open().await;
    let page = desk
        .get(HOST, "/ledger/gui?do=write")
        .await
        .assert_status(200);
    page.assert_contains("Err(ReadOnly)").assert_contains("; 0");
    let page = desk.send("oversized").await.assert_status(200);
    page.assert_contains("at most 16384 bytes")
        .assert_contains("a key is 1 to 128 ASCII letters")
        .assert_contains("no NUL");
    let page = desk.get(HOST, "/ledger/gui?do=undeclared").await;
    page.assert_contains("declares no setting");
}

#[tokio::test]
async fn a_flood_of_writes_is_refused_by_the_minute_and_told() {
    let operator = free_address();
    let listen = operator.to_string();
    let desk = Desk::with(&[
        ("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1"),
        ("DINH_OPERATOR_LISTEN", &listen),
    ])
    .await;
    let began = Instant::now();
    let mut refused = false;
    for at in 0..13 {
        let page = desk.send_to(HOST, FORM, "flood", &at.to_string()).await;
        // The form's own writes are refused as well, which it says as a fault.
        refused |= page.text().contains("more than 600 writes a minute");
    }
    note(
        "05-write-flood",
        "650 writes",
        "refused above 600 a minute",
        began.elapsed() / 13,
    );
    assert!(refused);
    logged(&desk, "more than 600 writes a minute").await;
    let list = desk.run(&["plugin", "list"]).assert_code(0).out;
    assert!(
        list.contains("more than 600 writes a minute on dong-son"),
        "{list}"
    );
    let figures = Visitor::new(operator).get("localhost", "/metrics").await;
    let refusals = r#"dinh_plugin_refusals_total{plugin="ledger",site="dong-son",limit="writes"} "#;
    let figures = figures.text();
    assert!(figures.contains(refusals), "{figures}");
    // Its neighbours write.
    let other = format!("/{OTHER_LEDGER}/gui");
    desk.send_to(HOST, &other, "Gà", "")
        .await
        .assert_status(200);
    desk.send_to(OTHER_HOST, FORM, "Gà", "")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn a_plugin_that_fills_its_place_is_stopped_there_and_may_delete() {
    let desk = Desk::open().await;
    let began = Instant::now();
    let mut last = desk.send_to(HOST, FORM, "fill", "0").await;
    for at in 1..6 {
        last = desk.send_to(HOST, FORM, "fill", &at.to_string()).await;
    }
    note(
        "05-fill",
        "300 values of 16 KiB",
        "refused above 4 MiB",
        began.elapsed() / 6,
    );
    last.assert_status(200)
        .assert_contains("at most 10000 keys and 4194304 bytes");
    logged(&desk, "4194304 bytes of values").await;
    let list = desk.run(&["plugin", "list"]).assert_code(0).out;
    assert!(list.contains("bytes of values on dong-son"), "{list}");
    desk.send_to(OTHER_HOST, FORM, "fill", "0")
        .await
        .assert_status(200)
        .assert_contains("well");
    desk.send("empty")
        .await
        .assert_status(200)
        .assert_contains("well");
    desk.send_to(HOST, FORM, "fill", "9")
        .await
        .assert_status(200)
        .assert_contains("well");
}

#[tokio::test]
async fn a_secret_reaches_its_plugin_and_no_log_list_or_database() {
    let desk = Desk::open().await;
    let secret = "rất-bí-mật-123456";
    let file = desk.program.folder().join("secret.txt");
    std::fs::write(&file, format!("{secret}\n")).unwrap();
    let given = format!("api-key={}", file.display());
    let set = [
        "plugin", "settings", "ledger", "--site", SITE, "--secret", &given,
    ];
    let said = desk.run(&set).assert_code(0);
    assert!(!said.out.contains(secret));
    desk.get(HOST, FORM).await.assert_contains("có khóa");
    desk.get(OTHER_HOST, FORM).await.assert_lacks("có khóa");
    let other = format!("/{OTHER_LEDGER}/gui");
    desk.get(HOST, &other).await.assert_lacks("có khóa");
    let began = Instant::now();
    desk.send("tell")
        .await
        .assert_status(503)
        .assert_lacks(secret);
    note(
        "12-secret",
        "logs its secret, panics with it",
        "masked",
        began.elapsed(),
    );
    desk.get(HOST, "/ledger/gui?do=tell")
        .await
        .assert_lacks(secret);
    logged(&desk, "the key is [secret]").await;
    for list in [
        &["plugin", "list"][..],
        &["plugin", "list", "--json"],
        &["plugin", "settings", "ledger"],
        &["plugin", "settings", "ledger", "--json"],
    ] {
        let shown = desk.run(list).assert_code(0).out;
        assert!(!shown.contains(secret), "{list:?}: {shown}");
    }
    let log = desk.server.log();
    assert!(!log.contains(secret), "{log}");
    for entry in std::fs::read_dir(desk.program.folder()).unwrap() {
        let path = entry.unwrap().path();
        let is_database = path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .contains("sqlite");
        if is_database {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!found, "{} holds the secret", path.display());
        }
    }
}
