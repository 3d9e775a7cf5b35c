//! From a package to a page, with and without a running server.

use std::fs;

use dinh_tests::{Code, NOTICES, NOTICES_MOUNT, Program, Vendor};

use crate::program::running::Server;

/// A trusted vendor with a package of his plugin.
pub(crate) async fn ready(code: Code) -> (Program, Vendor, String) {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    vendor.be_trusted(&program, "vendor.pub");
    let package = vendor.package(&program, "1.0.0", "one", code);
    (program, vendor, package)
}

/// Installs with everything granted, and enables the plugin on the district's site.
pub(crate) fn installed(program: &Program, package: &str) {
    program
        .run(&["plugin", "install", package, "--grant-all"])
        .assert_code(0);
    program
        .run(&["module", "enable", NOTICES, "--site", "yen-the"])
        .assert_code(0);
}

/// `<mount>/<path>`.
pub(crate) fn page(path: &str) -> String {
    format!("{NOTICES_MOUNT}/{path}")
}

#[tokio::test]
async fn a_package_is_installed_on_the_running_server_and_its_code_answers_at_once() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    visitor
        .get("localhost", NOTICES_MOUNT)
        .await
        .assert_status(404);
    installed(&program, &package);
    let one = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    assert_eq!(one.text(), "one");
    visitor
        .get("localhost", NOTICES_MOUNT)
        .await
        .assert_status(200);
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    let ended = program.run(&["plugin", "list"]).assert_code(0);
    let line = ended.out.lines().find(|line| line.starts_with(NOTICES));
    assert!(line.unwrap().contains("enabled"), "{}", ended.out);
}

#[tokio::test]
async fn entries_of_an_installed_plugin_are_listed_and_found() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let rows = program.folder().join("rows.jsonl");
    fs::write(
        &rows,
        "{\"key\":\"1\",\"subject\":\"Cắt điện thôn Vọng\",\"issued_on\":\"2026-01-02\"}\n",
    )
    .unwrap();
    program
        .run(&[
            "import",
            "notices/notice",
            "rows.jsonl",
            "--site",
            "yen-the",
        ])
        .assert_code(0);
    let server = Server::start(&program, "serve");
    let list = server.visitor().get("localhost", NOTICES_MOUNT).await;
    list.assert_status(200)
        .assert_contains("Cắt điện thôn Vọng");
    let found = server.visitor().search("localhost", "cat dien").await;
    found
        .assert_status(200)
        .assert_contains("Cắt điện thôn Vọng");
}
