//! Steps are leased: one that was cut off is run again, and a late one changes nothing.

use std::time::{Duration, Instant};

use dinh_tests::{Program, WORKER, copied_bundle, install_worker};
use serde_json::Value;

use super::workshop::{HOST, SITE, Workshop};
use crate::program::running::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_ran_out_is_taken_over_and_one_that_holds_is_not() {
    let shop = Workshop::open().await;
    shop.enqueue("1").await;
    let until = shop.portal.portal().now().0 + 120_000;
    let lease = format!("update plugin_job set leased_by = 'gone', lease_until = {until}");
    shop.portal.sql(&lease).await;
    assert_eq!(shop.only_job().await["state"], "running");
    assert_eq!(shop.work_after(119_999).await, 0);
    assert_eq!(shop.work_after(1).await, 1);
    // A lease by a clock that was a day ahead does not hold for a day.
    shop.enqueue("2").await;
    let until = shop.portal.portal().now().0 + 24 * 60 * 60_000;
    let lease = format!("update plugin_job set leased_by = 'gone', lease_until = {until}");
    shop.portal.sql(&lease).await;
    assert_eq!(shop.work().await, 1);
}

/// The program with the plugin, serving.
async fn served() -> (Program, tempfile::TempDir) {
    let bundle = copied_bundle();
    install_worker(bundle.path(), WORKER, "");
    let settings = vec![
        ("DINH_BUNDLE_FOLDER", bundle.path().display().to_string()),
        ("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1".to_owned()),
    ];
    (Program::with_demo().await.with(settings), bundle)
}

async fn enqueue(server: &Server, words: &str, key: &str) {
    let fields = [("what", "work"), ("words", words), ("key", key)];
    let path = format!("/{WORKER}/giao");
    let sent = server.visitor().send(HOST, &path, &fields).await;
    sent.assert_status(303);
}

async fn value(server: &Server, key: &str) -> Value {
    let path = format!("/{WORKER}/da-lam");
    let page = server.visitor().get(HOST, &path).await;
    let items = page.assert_status(200).json();
    let found = items.as_array().unwrap().iter().find(|it| it[0] == key);
    found.map_or(Value::Null, |it| it[1].clone())
}

/// Waits until it is so.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_works_by_itself_and_one_that_is_asked_to_end_gives_its_leases_back() {
    let (program, _bundle) = served().await;
    let mut server = Server::start(&program, "serve");
    let enabled = program.run(&["module", "enable", "--site", SITE, WORKER]);
    enabled.assert_code(0);
    enqueue(&server, r#"{"do": "count", "to": 3}"#, "").await;
    until("three steps", async || value(&server, "steps").await == "3").await;
    enqueue(&server, r#"{"do": "loop"}"#, "loop").await;
    let listed = || program.run(&["plugin", "jobs", WORKER, "--json"]).out;
    until("the loop runs", async || listed().contains("\"running\"")).await;
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    // Nobody serves: the data folder says how it was left.
    let left = listed();
    assert!(left.contains("\"waiting\""), "{left}");
    assert!(left.contains("\"attempt\": 0"), "{left}");
    let server = Server::start(&program, "serve");
    until("it is run again and stopped", async || {
        listed().contains("CPU")
    })
    .await;
    let told = program.run(&["plugin", "list"]);
    assert!(
        told.out
            .contains("jobs     on dong-son: 1 waiting, 0 given up"),
        "{}",
        told.out
    );
    assert!(server.log().contains("a job's step failed"));
}
