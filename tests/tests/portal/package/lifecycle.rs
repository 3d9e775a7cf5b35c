//! Upgrades, and the way back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use dinh_tests::{Code, NOTICES, NOTICES_MOUNT};

use super::install::{installed, page, ready};
use crate::program::running::Server;

#[tokio::test]
async fn an_upgrade_swaps_without_dropping_a_request_and_rolls_back() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    let unlimited = ("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1".to_owned());
    let program = program.with(vec![unlimited]);
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    let (stop, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let asking = tokio::spawn({
        let (stop, asked) = (stop.clone(), asked.clone());
        async move {
            while !stop.load(Ordering::SeqCst) {
                for path in [NOTICES_MOUNT, "/thong-bao/one", "/van-ban"] {
                    let status = visitor.get("localhost", path).await.status();
                    // The page of the former version is gone with it.
                    let good = status == 200 || (path.ends_with("one") && status == 404);
                    assert!(good, "{path}: {status}");
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            }
        }
    });
    let next = vendor.package(&program, "1.1.0", "two", Code::Quiet);
    let program = Arc::new(program);
    let upgrading = program.clone();
    let ended = tokio::task::spawn_blocking(move || upgrading.run(&["plugin", "install", &next]));
    let ended = ended.await.unwrap().assert_code(0);
    assert!(
        ended.out.contains("1.1.0 runs in place of 1.0.0"),
        "{}",
        ended.out
    );
    let two = visitor
        .get("localhost", &page("two"))
        .await
        .assert_status(200);
    assert_eq!(two.text(), "two");
    visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(404);
    let back = program.clone();
    let ended = tokio::task::spawn_blocking(move || back.run(&["plugin", "rollback", NOTICES]));
    ended.await.unwrap().assert_code(0);
    let one = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    assert_eq!(one.text(), "one");
    stop.store(true, Ordering::SeqCst);
    asking.await.unwrap();
    assert!(asked.load(Ordering::SeqCst) > 10);
    program
        .run(&["plugin", "rollback", NOTICES])
        .assert_code(1)
        .assert_told("has no former version");
}

#[tokio::test]
async fn an_upgrade_that_asks_for_more_waits_for_consent() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let next = vendor.package(&program, "2.0.0", "data", Code::Curious);
    let ended = program.run(&["plugin", "install", &next]).assert_code(1);
    assert!(ended.out.contains("(mới) Đọc"), "{}", ended.out);
    assert!(ended.out.contains("in place of 1.0.0"), "{}", ended.out);
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    program
        .run(&["plugin", "install", &next, "--grant-all"])
        .assert_code(0);
    let data = server
        .visitor()
        .get("localhost", &page("data?type=text/csv"))
        .await;
    assert_eq!(data.assert_status(200).text(), "a,b\n");
}

#[tokio::test]
async fn an_upgrade_that_fails_its_own_cases_is_not_installed() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    vendor.lay_out("1.1.0", "two", Code::Quiet);
    vendor.write(
        "cases/bad.case",
        "GET /thong-bao\nHost: localhost\n----\n404\n",
    );
    let next = vendor.pack_with(&program, "vendor.key", &[]);
    program
        .run(&["plugin", "install", &next])
        .assert_code(1)
        .assert_told("fails its own cases")
        .assert_told("bad.case: line 4: the status is 200, not 404");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    let plugins = program.folder().join("plugins");
    assert!(!plugins.join(NOTICES).join("1.1.0").exists());
    assert_eq!(
        std::fs::read_dir(plugins.join(".staging")).unwrap().count(),
        0
    );
}

#[tokio::test]
async fn a_removed_plugin_leaves_its_entries_readable_and_comes_back_with_consent() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let rows = program.folder().join("rows.jsonl");
    std::fs::write(
        &rows,
        "{\"key\":\"1\",\"subject\":\"Cắt điện thôn Vọng\"}\n",
    )
    .unwrap();
    let import = [
        "import",
        "notices/notice",
        "rows.jsonl",
        "--site",
        "yen-the",
    ];
    program.run(&import).assert_code(0);
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    program.run(&["plugin", "remove", NOTICES]).assert_code(0);
    let list = visitor.get("localhost", NOTICES_MOUNT).await;
    list.assert_status(200)
        .assert_contains("Cắt điện thôn Vọng");
    let gone = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    assert_ne!(gone.text(), "one");
    let told = program.run(&["plugin", "list"]).assert_code(0);
    assert!(told.out.contains("removed"), "{}", told.out);
    program
        .run(&["module", "enable", NOTICES, "--site", "dong-son"])
        .assert_code(1)
        .assert_told("was removed");
    program
        .run(&["plugin", "remove", NOTICES])
        .assert_code(1)
        .assert_told("was removed already");
    program
        .run(&["plugin", "remove", "legal-documents"])
        .assert_code(1)
        .assert_told("comes with the host");
    program
        .run(&["plugin", "install", &package])
        .assert_code(1)
        .assert_told("nothing was installed");
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(0);
    let one = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    assert_eq!(one.text(), "one");
}

#[tokio::test]
async fn of_two_operators_at_once_one_is_told_to_wait() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let next = vendor.package(&program, "1.1.0", "two", Code::Quiet);
    let first = program.start(&["plugin", "install", &next]);
    // From here on it is at it: its cases are run next.
    let staged = program.folder().join("plugins/.staging/notices-1.1.0");
    while !staged.exists() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    program
        .run(&["plugin", "rollback", NOTICES])
        .assert_code(1)
        .assert_told("another operator is installing or removing a plugin: wait");
    let first = first.wait_with_output().unwrap();
    dinh_tests::Ended::from(first).assert_code(0);
    let two = server.visitor().get("localhost", &page("two")).await;
    assert_eq!(two.assert_status(200).text(), "two");
}

#[tokio::test]
async fn what_an_operator_parked_stays_parked_through_an_upgrade() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    program
        .run(&["plugin", "park", NOTICES, "--reason", "too slow"])
        .assert_code(0);
    let next = vendor.package(&program, "1.1.0", "two", Code::Quiet);
    program.run(&["plugin", "install", &next]).assert_code(0);
    let two = server.visitor().get("localhost", &page("two")).await;
    assert_ne!(two.assert_status(200).text(), "two");
    program.run(&["plugin", "unpark", NOTICES]).assert_code(0);
    let two = server.visitor().get("localhost", &page("two")).await;
    assert_eq!(two.assert_status(200).text(), "two");
}
